/** By what Node and glibc are told to keep little; whoever sets any of it has the last word. */
const options = ['--max-semi-space-size=16', '--max-old-space-size=1024'];
const allocator = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
};

/**
 * The environment of a process that works through much and holds little of it at a time. Left alone, Node gives young
 * objects up to 128 MB and lets the others grow fourfold before it looks at them, and the allocator keeps large buffers
 * that were given back: 430 MB and rising for a harvester that has 45 MB in use. With these it stays at 260 MB.
 */
export const leanEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> => ({
  ...allocator,
  ...env,
  NODE_OPTIONS: [...options, env['NODE_OPTIONS'] ?? ''].join(' ').trim(),
});
