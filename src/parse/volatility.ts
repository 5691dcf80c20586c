import type { Expression } from '../model/operation.ts'

// What pg_proc says of PostgreSQL's own functions; test/parse/volatility.test.ts compares each name with a server. Where the variants of
// a name differ, the least harmless one counts. Functions that are not here are unknown.

const volatile = `array_sample array_shuffle clock_timestamp currval gen_random_uuid lastval lo_creat lo_create lo_export
  lo_from_bytea lo_import lo_put lo_unlink nextval pg_advisory_lock pg_advisory_unlock pg_advisory_xact_lock pg_cancel_backend
  pg_database_size pg_logical_emit_message pg_ls_dir pg_notify pg_read_binary_file pg_read_file pg_relation_size pg_reload_conf
  pg_sleep pg_sleep_for pg_stat_file pg_table_size pg_terminate_backend pg_total_relation_size pg_try_advisory_lock
  pg_try_advisory_xact_lock query_to_xml random random_normal set_config setseed setval timeofday`

const stable = `age array_to_json array_to_string concat concat_ws convert convert_from convert_to current_database current_schema
  current_catalog current_date current_role current_schemas current_setting current_time current_timestamp current_user date date_part date_trunc enum_first enum_last enum_range extract format
  format_type generate_series inet_client_addr inet_client_port inet_server_addr json_agg json_build_array json_build_object
  json_object_agg jsonb_agg jsonb_build_array jsonb_build_object jsonb_path_query_tz localtime localtimestamp make_timestamptz now
  obj_description overlaps pg_backend_pid pg_client_encoding pg_column_size pg_current_snapshot pg_current_xact_id
  pg_get_constraintdef pg_get_expr pg_get_indexdef pg_get_serial_sequence pg_get_viewdef pg_my_temp_schema pg_postmaster_start_time
  pg_typeof phraseto_tsquery plainto_tsquery quote_literal quote_nullable row_security_active row_to_json session_user
  statement_timestamp time timestamp timestamptz timetz timezone to_char to_date to_json to_jsonb to_number to_regclass to_regtype
  to_timestamp to_tsquery to_tsvector transaction_timestamp txid_current user version websearch_to_tsquery`

const immutable = `abs array_append array_cat array_length array_position array_prepend array_remove array_replace ascii
  bit_count bit_length bool btrim cardinality ceil ceiling char_length character_length chr cos date_bin decode div encode exp
  factorial float4 float8 floor gcd hashtext host initcap int2 int4 int8 int4range int8range isempty isfinite json_array_length
  json_extract_path json_extract_path_text json_typeof jsonb_array_length jsonb_extract_path jsonb_extract_path_text jsonb_set
  jsonb_strip_nulls jsonb_typeof justify_days justify_hours justify_interval lcm left ln log log10 lower lpad ltrim
  make_date make_interval make_time make_timestamp md5 mod multirange netmask normalize numnode numrange octet_length overlay pi
  position power quote_ident radians regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table repeat
  replace reverse right round rpad rtrim scale setweight sha224 sha256 sha384 sha512 sign similar_to_escape sin split_part sqrt
  starts_with string_to_array strip strpos substr substring tan text to_ascii to_hex translate trim_array trim_scale trunc
  ts_rank unnest upper varchar width_bucket`

const known = new Map<string, Expression['volatility']>([
  ...words(immutable).map((name) => [name, 'immutable'] as const),
  ...words(stable).map((name) => [name, 'stable'] as const),
  ...words(volatile).map((name) => [name, 'volatile'] as const),
])

/** @param name without `pg_catalog.`; with any other schema it is not PostgreSQL's own */
export function volatilityOf(name: string): Expression['volatility'] {
  return known.get(name) ?? 'unknown'
}

/** Every name with what it is said to be, for the comparison with a server. */
export function knownFunctions(): ReadonlyMap<string, Expression['volatility']> {
  return known
}

function words(text: string): string[] {
  return text.split(/\s+/)
}
