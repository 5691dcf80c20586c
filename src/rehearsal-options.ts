import manifest from '../package.json' with { type: 'json' }
import type { RehearsalConfig } from './config-rehearsal.ts'
import { UserError } from './model/errors.ts'
import type { Project } from './model/migration.ts'
import { type Commands, presets } from './rehearse/presets.ts'
import type { RehearseOptions } from './rehearse/rehearse.ts'

/** Less is built again in the time that taking it up from the cache takes. */
const keepAfterMs = 1_500

/**
 * What the configuration says about how migrations are run and on what.
 * @throws UserError for `upgrade: tool` where the tool's command is not known
 */
export function rehearsalOptions(
  config: RehearsalConfig,
  project: Project,
): Pick<RehearseOptions, 'commands' | 'beginning' | 'keeping' | 'settings'> {
  const { extensions, roles, settings, baseline, baselineIncludes, bookkeeping } = config
  const commands = commandsOf(config, project)
  return {
    commands: commands && { project, commands, bookkeeping },
    beginning: { extensions, roles, dump: baseline, dumpIncludes: baselineIncludes },
    keeping: { version: manifest.version, afterMs: keepAfterMs },
    settings,
  }
}

function commandsOf({ upgrade, downgrade }: RehearsalConfig, { tool }: Project): Commands | undefined {
  if (upgrade === undefined) {
    if (tool === 'command')
      throw new UserError(
        "tool: command: give `upgrade:`, the program that runs its migrations, and its arguments; for plain SQL [psql, -v, ON_ERROR_STOP=1, -Xqf, '{file}'].",
      )
    if (downgrade) throw new UserError('downgrade: it needs an `upgrade:` of the same tool beside it.')
    return undefined
  }
  if (tool === 'alembic')
    throw new UserError('upgrade: Alembic is always run by its own command; `alembic: command:` says which.')
  if (upgrade !== 'tool') return { upgrade, downgrade }
  const preset = presets[tool]
  if (!preset)
    throw new UserError(
      `upgrade: there is no usual command for ${tool}; there are some for ${Object.keys(presets).sort().join(', ')}. Give a program and its arguments.`,
    )
  return { upgrade: preset.upgrade, downgrade: downgrade ?? preset.downgrade }
}
