/**
 * What statements were measured to lock, scan, rewrite and build, on PostgreSQL 14 to 18: `t=AEX` a lock on a table, view or sequence of
 * before (by its strongest mode, SUX for SHARE UPDATE EXCLUSIVE and so on), `idxAEX:2` ACCESS EXCLUSIVE on two indexes of before,
 * `REWRITE(t)`, `SCAN(t)`, `FKSCAN`, `SKIPSCAN`, `INDEXBUILD×2` as PostgreSQL tells them, `NEWFILE(t)` for rows in another file that
 * it does not tell. `from`: the first major version that knows the statement. `seen` by major version: from that one on.
 */
export interface Row {
  readonly sql: string
  readonly before?: string
  readonly from?: number
  /** It makes transactions of its own, or ends one before it answers: its locks are caught while it runs, or missed. */
  readonly fleeting?: true
  readonly seen: string | { readonly [major: number]: string }
}

export const schema = `
create type mood as enum ('sad','ok','happy');
create type comp as (a int, b text);
create domain posint as int check (value > 0);
create table parent(id int primary key, code text unique, v int);
create table t(id int primary key, parent_id int, a int, b text, vc varchar(50), n numeric(10,2), ts timestamp, tstz timestamptz, m mood, j json, d posint, c_nn int not null, ch char(10), vcn varchar, ci int, xm xml, ip cidr, tarr text[] , bitv varbit(10), itv interval(3));
create table child(id int primary key, t_id int references t(id), x int);
create index t_a_idx on t(a);
create index t_vc_idx on t(vc);
create index t_ts_idx on t(ts);
alter table t add constraint t_a_chk check (a >= 0) not valid;
alter table t add constraint t_b_nn check (b is not null);
alter table t add constraint t_parent_nv foreign key (parent_id) references parent(id) not valid;
create unique index t_ci_uidx on t(ci);
create table pt(id int not null, k int not null, v text) partition by range (k);
create table pt_1 partition of pt for values from (0) to (1000);
create table pt_2 partition of pt for values from (1000) to (2000);
create table pt_def partition of pt default;
create table pt_new(id int not null, k int not null, v text);
create table pt_new_chk(id int not null, k int not null, v text, check (k is not null and k >= 4000 and k < 5000));
create table pt2(id int not null, k int not null, v text) partition by range (k);
create table pt2_1 partition of pt2 for values from (0) to (1000);
create table pt2_new(id int not null, k int not null, v text);
create index pt2_idx on pt2(v);
create view v1 as select id,ci from t;
create materialized view mv as select id,ci from t;
create unique index mv_u on mv(id);
create sequence seq1;
create table seqt(id serial primary key, z int);
create function trgf() returns trigger language plpgsql as $$begin return new; end$$;
create function f_vol() returns int language sql volatile as 'select 1';
create trigger tr1 before insert on t for each row execute function trgf();
create policy p1 on t for select using (true);
create rule r1 as on insert to parent do also nothing;
create statistics st1 on a,ci from t;
create publication pub1 for table parent;
create table inh_p(a int); create table inh_c(a int not null);
create table unl(id int primary key); 
create table typed_src(a int, b text);
create table empty_t(id int primary key, a int);
create schema s2;
insert into parent select g, 'c'||g, g from generate_series(1,500) g;
insert into t(id,parent_id,a,b,vc,n,ts,tstz,m,j,d,c_nn,ch,vcn,ci,ip) select g, g%500+1, g%100, 'b'||g, 'vc'||g, g, now(), now(), 'ok','{}',g,g,'x','y',g,'10.0.0.0/8' from generate_series(1,2000) g;
insert into child select g, g, g from generate_series(1,1000) g;
insert into pt select g,g%2500,'x' from generate_series(1,3000) g;
insert into pt_new select g,3000+g,'x' from generate_series(1,500) g;
insert into pt_new_chk select g,4000+g,'x' from generate_series(1,500) g;
insert into pt2 select g,g%1000,'x' from generate_series(1,1000) g;
insert into pt2_new select g,1000+g,'x' from generate_series(1,500) g;
insert into seqt(z) select g from generate_series(1,500) g;
insert into inh_c select g from generate_series(1,500) g;
`

export const rows: readonly Row[] = [
  { sql: 'alter table t add column z1 int', seen: 't=AEX' },
  { sql: 'alter table t add column z2 int default 5', seen: 't=AEX' },
  { sql: 'alter table t add column z3 timestamptz default now()', seen: 't=AEX' },
  { sql: 'alter table t add column z4 int default f_vol()', seen: 't=AEX' },
  { sql: 'alter table t add column z5 uuid default gen_random_uuid()', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  {
    sql: 'alter table t add column z6 timestamptz default clock_timestamp()',
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  { sql: 'alter table t add column z7 int not null default 5', seen: 't=AEX' },
  { sql: 'alter table empty_t add column z8 int not null', seen: 'empty_t=AEX SCAN(empty_t)' },
  { sql: 'alter table t add column z9 serial', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  {
    sql: 'alter table t add column z10 int generated always as identity',
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  {
    sql: 'alter table t add column z11 int generated always as (a*2) stored',
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  { sql: 'alter table t add column z12 int generated always as (a*2) virtual', from: 18, seen: 't=AEX' },
  { sql: 'alter table t add column z13 posint', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t add column z13b posint default 3', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t add column z14 int unique', seen: 't=AEX INDEXBUILD×1' },
  {
    sql: 'alter table empty_t add column z15 int primary key',
    before: 'alter table empty_t drop constraint empty_t_pkey',
    seen: 'empty_t=AEX SCAN(empty_t) INDEXBUILD×1',
  },
  { sql: 'alter table t add column z16 int references parent(id)', seen: 'parent=SRX t=AEX' },
  { sql: 'alter table t add column z17 int default 5 references parent(id)', seen: 'parent=SRX t=AEX FKSCAN' },
  { sql: 'alter table t add column z18 int check (z18 > 0)', seen: 't=AEX SCAN(t)' },
  { sql: 'alter table t add column z19 int default 1 check (z19 > 0)', seen: 't=AEX SCAN(t)' },
  { sql: 'alter table t add column if not exists a int', seen: 't=AEX' },
  { sql: 'alter table t drop column b', seen: 't=AEX' },
  { sql: 'alter table t drop column a', seen: 't=AEX idxAEX:1' },
  { sql: 'alter table t rename column b to bb', seen: 't=AEX' },
  { sql: 'alter table t rename to tt', seen: 't=AEX' },
  { sql: 'alter table t rename constraint t_a_chk to t_a_chk2', seen: 't=AEX' },
  { sql: 'alter index t_a_idx rename to t_a_idx2', seen: '' },
  { sql: 'alter table t set schema s2', seen: 't=AEX' },
  { sql: 'alter table t alter column a type bigint', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column vc type varchar(100)', seen: 't=AEX idxAEX:1' },
  { sql: 'alter table t alter column vc type varchar(20)', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column vc type text', seen: 't=AEX idxAEX:1' },
  { sql: 'alter table t alter column vcn type text', seen: 't=AEX' },
  { sql: 'alter table t alter column b type varchar', seen: 't=AEX SCAN(t)' },
  { sql: 'alter table t alter column b type varchar(1000)', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column n type numeric(12,2)', seen: 't=AEX' },
  { sql: 'alter table t alter column n type numeric(12,4)', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column n type numeric', seen: 't=AEX' },
  {
    sql: 'alter table t alter column ts type timestamptz',
    before: "set timezone='UTC'",
    seen: 't=AEX idxAEX:1 INDEXBUILD×1',
  },
  {
    sql: 'alter table t alter column ts type timestamptz',
    before: "set timezone='Europe/Oslo'",
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  { sql: 'alter table t alter column ts type timestamp(3)', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column j type jsonb', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column ch type text', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column d type int', seen: 't=AEX' },
  {
    sql: 'alter table t alter column a type posint',
    before: 'update t set a=1',
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  { sql: 'alter table t alter column ip type inet', seen: 't=AEX' },
  { sql: 'alter table t alter column bitv type varbit(20)', seen: 't=AEX' },
  { sql: 'alter table t alter column m type text', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column a type int using a+1', seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5' },
  { sql: 'alter table t alter column b type text collate "C"', seen: 't=AEX SCAN(t)' },
  { sql: 'alter table t alter column b type text', seen: 't=AEX SCAN(t)' },
  {
    sql: 'alter table pt alter column v type varchar(100)',
    seen: 'pt=AEX pt_1=AEX pt_2=AEX pt_def=AEX REWRITE(pt_1,pt_2,pt_def)',
  },
  { sql: 'alter table t alter column b set not null', seen: 't=AEX SKIPSCAN' },
  { sql: 'alter table t alter column vc set not null', seen: 't=AEX SCAN(t)' },
  { sql: 'alter table t alter column c_nn drop not null', seen: 't=AEX' },
  { sql: 'alter table t alter column a set default 7', seen: 't=AEX' },
  { sql: 'alter table t alter column a drop default', seen: 't=AEX' },
  { sql: 'alter table t alter column a set statistics 500', seen: 't=SUX' },
  { sql: 'alter table t alter column a set (n_distinct=5)', seen: 't=SUX' },
  { sql: 'alter table t alter column b set storage external', seen: 't=AEX' },
  { sql: 'alter table t alter column b set compression pglz', seen: 't=AEX' },
  { sql: 'alter table t alter column c_nn add generated always as identity', seen: 't=AEX' },
  { sql: 'alter table seqt alter column id drop default', seen: 'seqt=AEX' },
  {
    sql: 'alter table t alter column z11 drop expression',
    before: 'alter table t add column z11 int generated always as (a*2) stored',
    seen: 't=AEX',
  },
  {
    sql: 'alter table t alter column z11 set expression as (a*3)',
    before: 'alter table t add column z11 int generated always as (a*2) stored',
    from: 17,
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  { sql: 'alter table t add constraint c1 check (a < 1000)', seen: 't=AEX SCAN(t)' },
  { sql: 'alter table t add constraint c1 check (a < 1000) not valid', seen: 't=AEX' },
  { sql: 'alter table t validate constraint t_a_chk', seen: 't=SUX SCAN(t)' },
  {
    sql: 'alter table t add constraint fk1 foreign key (parent_id) references parent(id)',
    seen: 'parent=SRX t=SRX FKSCAN',
  },
  {
    sql: 'alter table t add constraint fk1 foreign key (parent_id) references parent(id) not valid',
    seen: 'parent=SRX t=SRX',
  },
  { sql: 'alter table t validate constraint t_parent_nv', seen: 'parent=RS t=SUX FKSCAN' },
  { sql: 'alter table t add constraint u1 unique (c_nn)', seen: 't=AEX INDEXBUILD×1' },
  { sql: 'alter table t add constraint u1 unique using index t_ci_uidx', seen: 't=AEX' },
  {
    sql: 'alter table t add constraint pk2 primary key using index t_ci_uidx',
    before: 'alter table child drop constraint child_t_id_fkey; alter table t drop constraint t_pkey',
    seen: 't=AEX SCAN(t)',
  },
  { sql: 'alter table t add constraint ex1 exclude (ci with =)', seen: 't=AEX INDEXBUILD×1' },
  { sql: 'alter table t drop constraint t_a_chk', seen: 't=AEX' },
  { sql: 'alter table t drop constraint t_parent_nv', seen: 'parent=AEX t=AEX' },
  { sql: 'alter table t drop constraint t_pkey cascade', seen: 'child=AEX t=AEX idxAEX:1' },
  { sql: 'alter table t alter constraint t_parent_nv deferrable initially deferred', seen: 't=AEX' },
  { sql: 'alter table t add constraint nn1 not null vc not valid', from: 18, seen: 't=AEX' },
  { sql: 'alter table t add constraint nn1 not null vc', from: 18, seen: 't=AEX SCAN(t)' },
  {
    sql: 'alter table t validate constraint nn1',
    before: 'alter table t add constraint nn1 not null vc not valid',
    from: 18,
    seen: 't=SUX SCAN(t)',
  },
  { sql: 'alter table t add constraint c1 check (a < 1000) not enforced', from: 18, seen: 't=AEX' },
  {
    sql: 'alter table t add constraint fk1 foreign key (parent_id) references parent(id) not enforced',
    from: 18,
    seen: 'parent=SRX t=SRX',
  },
  {
    sql: 'alter table t alter constraint fk1 enforced',
    before: 'alter table t add constraint fk1 foreign key (parent_id) references parent(id) not enforced',
    from: 18,
    seen: 'parent=SRX t=AEX FKSCAN',
  },
  {
    sql: 'alter table pt add constraint ptc check (k >= 0)',
    seen: 'pt=AEX pt_1=AEX pt_2=AEX pt_def=AEX SCAN(pt_1,pt_2,pt_def)',
  },
  {
    sql: 'alter table pt add primary key (k,id)',
    seen: { 14: 'pt=AEX pt_1=S pt_2=S pt_def=S INDEXBUILD×3', 18: 'pt=AEX pt_1=AEX pt_2=AEX pt_def=AEX INDEXBUILD×3' },
  },
  { sql: 'alter table t set (fillfactor=70)', seen: 't=SUX' },
  { sql: 'alter table t set (autovacuum_enabled=false)', seen: 't=SUX' },
  { sql: 'alter table t set (parallel_workers=2)', seen: 't=SUX' },
  { sql: 'alter table t set (user_catalog_table=true)', seen: 't=AEX' },
  {
    sql: 'alter table t set unlogged',
    before: 'alter table child drop constraint child_t_id_fkey; alter table t drop constraint t_parent_nv',
    seen: 't=AEX idxAEX:5 REWRITE(t) INDEXBUILD×5',
  },
  { sql: 'alter table t set tablespace pg_default', seen: 't=AEX' },
  { sql: 'alter table t set access method heap', from: 15, seen: 't=AEX' },
  { sql: 'alter table t cluster on t_a_idx', seen: 't=SUX' },
  { sql: 'alter table t enable row level security', seen: 't=AEX' },
  { sql: 'alter table t disable trigger tr1', seen: 't=SRX' },
  { sql: 'alter table t disable trigger all', seen: 't=SRX' },
  { sql: 'alter table t enable always trigger tr1', seen: 't=SRX' },
  { sql: 'alter table parent disable rule r1', seen: 'parent=AEX' },
  { sql: 'alter table t replica identity full', seen: 't=AEX' },
  { sql: 'alter table t owner to app_r', seen: 't=AEX idxAEX:5' },
  { sql: 'alter table inh_c inherit inh_p', seen: 'inh_c=AEX inh_p=SUX' },
  { sql: 'alter table inh_c no inherit inh_p', before: 'alter table inh_c inherit inh_p', seen: 'inh_c=AEX inh_p=AS' },
  {
    sql: 'alter table pt2 attach partition pt2_new for values from (1000) to (2000)',
    seen: 'pt2=SUX pt2_new=AEX SCAN(pt2_new) INDEXBUILD×1',
  },
  {
    sql: 'alter table pt attach partition pt_new for values from (3000) to (4000)',
    before: 'delete from pt_def',
    seen: 'pt=SUX pt_def=AEX pt_new=AEX SCAN(pt_def,pt_new)',
  },
  {
    sql: 'alter table pt attach partition pt_new_chk for values from (4000) to (5000)',
    before: 'delete from pt_def',
    seen: 'pt=SUX pt_def=AEX pt_new_chk=AEX SCAN(pt_def) SKIPSCAN',
  },
  { sql: 'alter table pt detach partition pt_1', seen: 'pt=AEX pt_1=AEX pt_def=AEX' },
  { sql: 'alter table pt2 detach partition pt2_1 concurrently', fleeting: true, seen: 'pt2=SUX pt2_1=AEX idxAEX:1' },
  { sql: 'create table pt2_3 partition of pt2 for values from (5000) to (6000)', seen: 'pt2=AEX INDEXBUILD×1' },
  { sql: 'create table pt_3 partition of pt for values from (5000) to (6000)', seen: 'pt=AEX pt_def=AEX' },
  { sql: 'drop table pt_1', seen: 'pt=AEX pt_1=AEX pt_def=AEX' },
  { sql: 'truncate pt_1', seen: 'pt_1=AEX NEWFILE(pt_1)' },
  { sql: 'create index ix1 on t(b)', seen: 't=S INDEXBUILD×1' },
  { sql: 'create unique index ix1 on t(c_nn)', seen: 't=S INDEXBUILD×1' },
  { sql: 'create index concurrently ix1 on t(b)', seen: 't=SUX INDEXBUILD×1' },
  { sql: 'create index on pt(v)', seen: 'pt=S pt_1=S pt_2=S pt_def=S INDEXBUILD×3' },
  { sql: 'create index on only pt(v)', seen: 'pt=S' },
  { sql: 'drop index t_a_idx', seen: 't=AEX idxAEX:1' },
  { sql: 'drop index concurrently t_a_idx', fleeting: true, seen: 't=SUX idxAEX:1' },
  { sql: 'reindex index t_a_idx', seen: 't=S idxAEX:1 INDEXBUILD×1' },
  { sql: 'reindex table t', seen: 't=S idxAEX:5 INDEXBUILD×5' },
  { sql: 'reindex index concurrently t_a_idx', fleeting: true, seen: 't=SUX idxAEX:1 INDEXBUILD×1' },
  { sql: 'reindex table concurrently t', fleeting: true, seen: 't=SUX idxAEX:5 INDEXBUILD×5' },
  { sql: 'alter index t_a_idx set (fillfactor=70)', seen: '' },
  { sql: 'alter index t_a_idx set tablespace pg_default', seen: 'idxAEX:1' },
  { sql: 'cluster t using t_a_idx', seen: 't=AEX idxAEX:5 NEWFILE(t) INDEXBUILD×5' },
  { sql: 'vacuum t', fleeting: true, seen: 't=SUX' },
  { sql: 'vacuum full t', fleeting: true, seen: 't=AEX idxAEX:5 NEWFILE(t) INDEXBUILD×5' },
  { sql: 'vacuum analyze t', fleeting: true, seen: 't=SUX' },
  { sql: 'analyze t', seen: 't=SUX' },
  { sql: 'create table nt(id int primary key, p int references parent(id))', seen: 'parent=SRX INDEXBUILD×1' },
  { sql: 'create table nt2 (like t including all)', seen: 't=AS INDEXBUILD×5' },
  { sql: 'create table nt3 as select * from t', seen: 't=AS' },
  { sql: 'drop table child', seen: 'child=AEX t=AEX idxAEX:1' },
  { sql: 'drop table parent cascade', seen: 'parent=AEX t=AEX idxAEX:2' },
  { sql: 'drop table empty_t', seen: 'empty_t=AEX idxAEX:1' },
  { sql: 'truncate child', seen: 'child=AEX idxAEX:1 NEWFILE(child) INDEXBUILD×1' },
  { sql: 'truncate parent cascade', seen: 'child=AEX parent=AEX t=AEX idxAEX:8 NEWFILE(child,parent,t) INDEXBUILD×8' },
  { sql: 'drop schema s2', seen: '' },
  { sql: 'create trigger tr2 after insert on t for each row execute function trgf()', seen: 't=SRX' },
  {
    sql: 'create constraint trigger tr3 after insert on t deferrable for each row execute function trgf()',
    seen: 't=SRX',
  },
  { sql: 'drop trigger tr1 on t', seen: 't=AEX' },
  { sql: 'alter trigger tr1 on t rename to tr1b', seen: 't=AEX' },
  { sql: 'create rule r2 as on update to t do also nothing', seen: 't=AEX' },
  { sql: 'drop rule r1 on parent', seen: 'parent=AEX' },
  { sql: 'create policy p2 on t for select using (true)', seen: 't=AEX' },
  { sql: 'alter policy p1 on t using (a>1)', seen: 't=AEX' },
  { sql: 'drop policy p1 on t', seen: 't=AEX' },
  { sql: 'create view v2 as select * from t', seen: 't=AS' },
  { sql: 'create or replace view v1 as select id,ci,b from t', seen: 't=AS v1=AEX' },
  { sql: 'drop view v1', seen: 'v1=AEX' },
  { sql: 'create materialized view mv2 as select * from t', seen: 't=AS' },
  { sql: 'create materialized view mv2 as select * from t with no data', seen: 't=AS' },
  { sql: 'refresh materialized view mv', seen: 'mv=AEX t=AS idxAEX:1 NEWFILE(mv) INDEXBUILD×1' },
  { sql: 'refresh materialized view concurrently mv', seen: 'mv=EX t=AS' },
  { sql: 'drop materialized view mv', seen: 'mv=AEX idxAEX:1' },
  { sql: "comment on table t is 'x'", seen: 't=SUX' },
  { sql: "comment on column t.a is 'x'", seen: 't=SUX' },
  { sql: 'grant select on t to app_r', seen: { 14: '', 18: 't=AS' } },
  { sql: 'revoke all on t from app_r', seen: { 14: '', 18: 't=AS' } },
  { sql: 'create statistics st2 on a,b from t', seen: 't=SUX' },
  { sql: 'drop statistics st1', seen: 't=SUX' },
  { sql: 'alter statistics st1 set statistics 200', seen: '' },
  { sql: 'create publication pub2 for table t', seen: 't=SUX' },
  { sql: 'alter publication pub1 add table t', seen: 't=SUX' },
  { sql: 'drop publication pub1', seen: '' },
  { sql: 'create publication pub3 for all tables', seen: '' },
  { sql: "create or replace function f_vol() returns int language sql volatile as 'select 2'", seen: '' },
  { sql: "alter type mood add value 'mad'", seen: '' },
  { sql: "alter type mood rename value 'sad' to 'sad2'", seen: '' },
  { sql: 'alter type mood rename to mood2', seen: '' },
  { sql: 'drop type comp', seen: 'comp=AEX' },
  { sql: 'alter type comp add attribute c int', seen: 'comp=AEX' },
  { sql: 'alter domain posint add constraint pc check (value < 1000000)', seen: 't=S' },
  { sql: 'alter domain posint add constraint pc check (value < 1000000) not valid', seen: '' },
  { sql: 'alter domain posint set not null', seen: 't=S' },
  { sql: 'alter domain posint drop constraint posint_check', seen: '' },
  { sql: 'create sequence seq2', seen: '' },
  { sql: 'alter sequence seq1 increment by 2', seen: 'seq1=SRX NEWFILE(seq1)' },
  { sql: 'alter sequence seq1 restart with 10', seen: 'seq1=SRX NEWFILE(seq1)' },
  { sql: 'alter sequence seq1 owned by t.a', seen: 'seq1=SRX t=AS' },
  { sql: 'drop sequence seq1', seen: 'seq1=AEX' },
  { sql: 'alter sequence seqt_id_seq as bigint', seen: 'seqt_id_seq=SRX NEWFILE(seqt_id_seq)' },
  { sql: "select nextval('seq1')", seen: 'seq1=RX' },
  { sql: "select setval('seq1',100)", seen: 'seq1=RX' },
  { sql: 'create extension if not exists pg_trgm', seen: '' },
  { sql: "create type newenum as enum('a')", seen: '' },
  { sql: 'lock table t', seen: 't=AEX' },
  { sql: 'lock table t in share row exclusive mode', seen: 't=SRX' },
  { sql: 'select count(*) from t', seen: 't=AS' },
  { sql: 'select * from t where id=1 for update', seen: 't=RS' },
  { sql: 'insert into child values (5000,1,1)', seen: 'child=RX t=RS' },
  { sql: 'update t set a=a+1', seen: 't=RX' },
  { sql: 'update t set a=1 where id=1', seen: 't=RX' },
  { sql: 'delete from child', seen: 'child=RX' },
  { sql: 'delete from parent where id=500 and false', seen: 'parent=RX' },
  { sql: 'copy child to stdout', fleeting: true, seen: 'child=AS' },
  { sql: 'insert into t(id,c_nn,parent_id,b) values (9999,1,1,1)', seen: 'parent=RS t=RX' },
]
