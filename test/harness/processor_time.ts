/** @returns the milliseconds that this thread has had of a processor since: what others do beside it is not counted */
export function processorTime(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
}
