import { environment } from '@portolan/kernel';

/** A real CKAN with ckanext-harvest, its workers running, that harvests the same remote. */
export interface Reference {
  /** @returns seconds; what has become of the records; how many of its datasets a search finds; what went wrong */
  harvest(): Promise<{ seconds: number; stats: object; datasets: number; errors: string[] }>;
  /** Takes away what was harvested, and the source. */
  close(): Promise<void>;
}

/** The CKAN of `CKAN_URL` and `CKAN_TOKEN`, if they are set. */
export async function openReference(source: {
  url: string;
  type: string;
  config: string;
}): Promise<Reference | undefined> {
  const { CKAN_URL: url, CKAN_TOKEN: token } = environment();
  if (!url || !token) return undefined;
  async function call<Result>(name: string, params: object): Promise<Result> {
    const response = await fetch(`${url}/api/3/action/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token ?? '' },
      body: JSON.stringify(params),
    });
    const body = (await response.json()) as { result: Result; error?: object };
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body.error)}`);
    return body.result;
  }
  const name = `bench-${process.pid}`;
  const organization = await call<{ id: string }>('organization_create', { name });
  const { id } = await call<{ id: string }>('harvest_source_create', {
    name: `${name}-source`,
    url: source.url,
    source_type: source.type,
    owner_org: organization.id,
    config: source.config,
  });
  async function found(): Promise<{ datasets: number }> {
    const { count } = await call<{ count: number }>('package_search', {
      fq: `owner_org:${organization.id} dataset_type:dataset`,
      rows: 0,
    });
    return { datasets: count };
  }
  async function errorsOf(job: string): Promise<string[]> {
    interface Report {
      gather_errors: { message: string }[];
      object_errors: Record<string, { errors: { message: string }[] }>;
    }
    const report = await call<Report>('harvest_job_report', { id: job });
    const ofObjects = Object.values(report.object_errors).flatMap(({ errors }) => errors);
    return [...report.gather_errors, ...ofObjects].map(({ message }) => message);
  }
  return {
    async harvest() {
      const began = performance.now();
      const job = await call<{ id: string }>('harvest_job_create', { source_id: id, run: true });
      for (;;) {
        // Its jobs end when somebody asks whether they have.
        await call('harvest_jobs_run', { source_id: id });
        const { status, stats } = await call<{ status: string; stats: object }>('harvest_job_show', {
          id: job.id,
        });
        if (status === 'Finished') {
          const seconds = (performance.now() - began) / 1000;
          return { seconds, stats, ...(await found()), errors: await errorsOf(job.id) };
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    async close() {
      await call('harvest_source_clear', { id });
      await call('harvest_source_delete', { id });
    },
  };
}
