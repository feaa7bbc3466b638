import { type Caller, dispatch, findAction, JsonText, type Params, type Site } from '@portolan/catalogue';
import { notFound, PortolanError } from '@portolan/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../caller.ts';
import {
  aboutPage,
  adminPage,
  type JobPage,
  jobPage,
  jobsPage,
  type ReportPage,
  type SourcePage,
  sourcePage,
  sourcesPage,
} from '../response/harvest_pages.ts';
import { errorPage, htmlType } from '../response/page.ts';

interface Addressed {
  Params: { source: string; job: string };
  Querystring: { clear?: string };
}

/** Calls an action as who asks for the page. */
type Ask = <Result>(action: string, params: Params) => Promise<Result>;

/**
 * The pages of ckanext-harvest: sources, jobs, and what may be done with them. What changes anything is asked for by
 * POST alone, with a token, so that no other site can have a browser do it.
 */
export function harvestPagesRoutes(app: FastifyInstance, site: Site): void {
  const route = (
    method: 'GET' | 'POST',
    url: string,
    answer: (ask: Ask, request: FastifyRequest<Addressed>) => Promise<string>,
  ) =>
    app.route<Addressed>({
      method: method === 'GET' ? ['GET', 'HEAD'] : 'POST',
      url,
      config: { access: 'action' },
      async handler(request, reply) {
        try {
          const answered = await answer(
            asking(site, { user: await callerOf(request, site), request: request.id }),
            request,
          );
          return method === 'GET' ? reply.type(htmlType).send(answered) : reply.redirect(answered, 303);
        } catch (error) {
          return refusal(reply, error);
        }
      },
    });
  const show = (url: string, pageOf: (source: SourcePage, ask: Ask) => Promise<string> | string) =>
    route('GET', url, async (ask, { params: { source } }) => pageOf(await sourceNamed(ask, source), ask));
  const act = (
    url: string,
    work: (ask: Ask, id: string, request: FastifyRequest<Addressed>) => Promise<void>,
  ) =>
    route('POST', url, async (ask, request) => {
      const { id } = await sourceNamed(ask, request.params.source);
      await work(ask, id, request);
      return `/harvest/admin/${encodeURIComponent(id)}`;
    });

  // As everybody sees them: the action has none for accounts that are no sysadmin's.
  route('GET', '/harvest', async (_ask, { id }) =>
    sourcesPage(await asking(site, { user: undefined, request: id })('harvest_source_list', {})),
  );
  show('/harvest/:source', sourcePage);
  show('/harvest/about/:source', aboutPage);
  show('/harvest/admin/:source', async (source, ask) => {
    // For those alone who may see its jobs: they may change it.
    await ask('harvest_job_list', { source_id: source.id });
    return adminPage(source);
  });
  show('/harvest/:source/job', async (source, ask) =>
    jobsPage(source, await ask<JobPage[]>('harvest_job_list', { source_id: source.id })),
  );
  show('/harvest/:source/job/last', async (source, ask) => {
    const [last] = await ask<JobPage[]>('harvest_job_list', { source_id: source.id });
    if (!last) throw notFound();
    return aJob(ask, source, last.id);
  });
  route('GET', '/harvest/:source/job/:job', async (ask, { params: { source, job } }) =>
    aJob(ask, await sourceNamed(ask, source), job),
  );
  act('/harvest/refresh/:source', (ask, id) => ask('harvest_job_create', { source_id: id }));
  act('/harvest/clear/:source', (ask, id) => ask('harvest_source_clear', { id }));
  act('/harvest/delete/:source', async (ask, id, { query }) => {
    await ask('harvest_source_delete', { id });
    if (query.clear === 'true') await ask('harvest_source_clear', { id });
  });
  act('/harvest/:source/job/:job/abort', (ask, _id, { params: { job: id } }) =>
    ask('harvest_job_abort', { id }),
  );
}

const asking =
  (site: Site, caller: Caller): Ask =>
  async <Result>(name: string, params: Params) => {
    const action = findAction(name);
    if (!action) throw new Error(`There is no action ${name}`);
    const result = await dispatch(site, action, caller, params);
    return (result instanceof JsonText ? JSON.parse(result.text) : result) as Result;
  };

const sourceNamed = (ask: Ask, id: string): Promise<SourcePage> => ask('harvest_source_show', { id });

async function aJob(ask: Ask, source: SourcePage, id: string): Promise<string> {
  const job = await ask<JobPage>('harvest_job_show', { id });
  if (job.source_id !== source.id) throw notFound();
  return jobPage(source, job, await ask<ReportPage>('harvest_job_report', { id }));
}

function refusal(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof PortolanError)) throw error;
  const { message } = error.fields;
  const said = typeof message === 'string' ? message : error.detail;
  return reply.code(error.status).type(htmlType).send(errorPage(error.status, said));
}
