/**
 * The conditions of `exports` that `import` has in this process: those of Node (the last since it can `require` ESM), and
 * those that it was started with, `node -C development`.
 */
export function importConditions({
  execArgv,
  env,
  features,
}: Pick<NodeJS.Process, 'execArgv' | 'env' | 'features'> = process): ReadonlySet<string> {
  const options = [...(env['NODE_OPTIONS'] ?? '').split(/\s+/), ...execArgv];
  const given = options.flatMap((option, index) => {
    if (option === '-C' || option === '--conditions') return options[index + 1] ?? [];
    return /^(?:-C|--conditions)=(.+)$/.exec(option)?.[1] ?? [];
  });
  const newer = 'require_module' in features && features.require_module ? ['module-sync'] : [];
  return new Set(['node', 'import', 'node-addons', ...newer, ...given]);
}
