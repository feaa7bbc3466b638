import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../processes/cluster.ts';
import { endService, type ServiceName, type ServiceProcess } from '../processes/service.ts';

/** The processes of a portal, which are killed and replaced. */
export interface Staff {
  /** Kills all of these services as a crash does. @returns the ids of the processes that died */
  kill(names: readonly ServiceName[]): Promise<number[]>;
  /** Starts what is missing again. */
  replace(): Promise<void>;
  /** Stops a harvester for so many milliseconds, in the middle of whatever it does, while another begins to work. */
  suspend(milliseconds: number): Promise<void>;
  /** One of each is left. */
  dismissOthers(): Promise<void>;
}

export async function startStaff(cluster: Cluster): Promise<Staff> {
  const services: ServiceName[] = ['api', 'worker', 'harvester'];
  const running = new Map<ServiceName, ServiceProcess[]>(services.map((name) => [name, []]));
  const of = (name: ServiceName) => running.get(name) ?? [];
  const add = async (name: ServiceName) => void of(name).push(await cluster.start(name));
  const replace = async () => {
    await Promise.all(services.map((name) => (of(name).length === 0 ? add(name) : undefined)));
  };
  await replace();
  return {
    async kill(names) {
      const victims = names.flatMap((name) => of(name).splice(0));
      await Promise.all(victims.map((victim) => endService(victim, 'SIGKILL')));
      return victims.map(({ child }) => child.pid ?? 0);
    },
    replace,
    async suspend(milliseconds) {
      const [harvester] = of('harvester');
      harvester?.child.kill('SIGSTOP');
      const other = add('harvester');
      await sleep(milliseconds);
      harvester?.child.kill('SIGCONT');
      await other;
    },
    async dismissOthers() {
      await replace();
      for (const name of services)
        await Promise.all(
          of(name)
            .splice(1)
            .map((one) => endService(one, 'SIGTERM')),
        );
    },
  };
}
