import {
  checkPasswordReset,
  dispatch,
  performPasswordReset,
  requestPasswordReset,
  type Site,
} from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBody } from '../request/body.ts';
import { fieldParams, parseFields } from '../request/fields.ts';
import { formPage, htmlType } from '../response/page.ts';

const formLimit = 65_536;

type Request = FastifyRequest<{ Params: { id?: string }; Querystring: { key?: string } }>;

/** The two pages that a forgotten password needs: asking for the mail, and where its link leads. */
export function passwordResetRoutes(app: FastifyInstance, site: Site): void {
  const route = (
    method: 'GET' | 'POST',
    url: string,
    handler: (request: Request, reply: FastifyReply) => Promise<FastifyReply>,
  ) =>
    app.route<{ Params: { id?: string }; Querystring: { key?: string } }>({
      method,
      url,
      config: { access: 'public' },
      handler: (request, reply) => {
        // The address holds the key: nobody else is told it, and nobody keeps it.
        reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
        return handler(request, reply);
      },
    });
  route('GET', '/user/reset', async (_request, reply) => reply.type(htmlType).send(askPage()));
  route('POST', '/user/reset', (request, reply) => ask(site, request, reply));
  route('GET', '/user/reset/:id', (request, reply) => show(site, request, reply));
  route('POST', '/user/reset/:id', (request, reply) => set(site, request, reply));
}

async function ask(site: Site, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  try {
    await dispatch(site, requestPasswordReset, { user: undefined }, await formOf(request));
  } catch (error) {
    return refuse(reply, error, askPage);
  }
  return reply.type(htmlType).send(
    formPage({
      title: 'Reset your password',
      message: 'A reset link has been emailed to you (unless the account specified does not exist)',
    }),
  );
}

async function show(site: Site, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const params = { id: request.params.id, key: request.query.key };
  try {
    await dispatch(site, checkPasswordReset, { user: undefined }, params);
  } catch (error) {
    return refuse(reply, error, refusedPage);
  }
  return reply.type(htmlType).send(setPage());
}

async function set(site: Site, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const form = await formOf(request);
  const { password1, password2, name } = form;
  const { id } = request.params;
  const params = { id, key: request.query.key, password: password1, name };
  if (password1 !== password2)
    return reply.code(400).type(htmlType).send(setPage('The passwords you entered do not match.'));
  try {
    await dispatch(site, performPasswordReset, { user: undefined }, params);
  } catch (error) {
    return refuse(reply, error, setPage);
  }
  return reply
    .type(htmlType)
    .send(formPage({ title: 'Reset your password', message: 'Your password has been reset.' }));
}

const formOf = async (request: Request) =>
  fieldParams(parseFields((await readBody(request.raw, formLimit)).toString('utf8')));

/** The form again, with what was wrong. */
function refuse(reply: FastifyReply, error: unknown, page: (message: string) => string): FastifyReply {
  if (!(error instanceof PortolanError)) throw error;
  const [first] = Object.values(error.fields).flat();
  const message = error.detail ?? (typeof first === 'string' ? first : error.message);
  return reply.code(error.status).type(htmlType).send(page(message));
}

const askPage = (message?: string): string =>
  formPage({
    title: 'Forgotten your password?',
    message,
    fields: [{ name: 'user', label: 'User name or email address', type: 'text' }],
    button: 'Request reset',
  });

const refusedPage = (message: string): string => formPage({ title: 'Reset your password', message });

const setPage = (message?: string): string =>
  formPage({
    title: 'Reset your password',
    message,
    fields: [
      { name: 'name', label: 'Another user name, if you have been invited (may stay empty)', type: 'text' },
      { name: 'password1', label: 'Password', type: 'password' },
      { name: 'password2', label: 'Password again', type: 'password' },
    ],
    button: 'Update password',
  });
