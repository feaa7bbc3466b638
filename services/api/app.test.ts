import type { Site } from '@portolan/catalogue';
import { loadConfig, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import { postgresEngine } from '@portolan/search';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildApi } from './app.ts';
import { requireAccess } from './routes/access.ts';

const site = {
  config: loadConfig({ env: {} }),
  runtime: systemRuntime,
  search: postgresEngine(),
  mailer: noMailer,
  gate: { closed: false },
  logger: silentLogger,
  version: '2.11.5',
} as Site;
const api = buildApi({ site, queues: async () => [] });

describe('the API', () => {
  it('declares its routes under the rule that each has an authorisation decision', () => {
    for (const url of ['/api/3/action/:name', '/healthz', '/:type/:dataset/resource/:resource/download'])
      expect(api.hasRoute({ method: 'GET', url })).toBe(true);
    expect(() => api.get('/open', () => 'x')).toThrow('GET /open has no authorisation decision');
  });

  it('lets a route in that has one, and none that has not', () => {
    const app = Fastify();
    requireAccess(app);
    expect(() => app.get('/open', () => 'x')).toThrow('GET /open has no authorisation decision');
    expect(() => app.get('/shut', { config: { access: 'action' } }, () => 'x')).not.toThrow();
  });

  it('answers without the database what needs none', async () => {
    const answer = await api.inject('/api/3/action/status_show');
    expect([answer.statusCode, answer.json().result.ckan_version]).toEqual([200, '2.11.5']);
    expect((await api.inject('/healthz')).body).toBe('ok\n');
  });

  it('answers in the language of the path', async () => {
    const answer = await api.inject('/de/api/3/action/status_show');
    expect(answer.json().help).toBe('http://localhost:5000/de/api/3/action/help_show?name=status_show');
    expect((await api.inject('/xx/api/3/action/status_show')).statusCode).toBe(404);
  });

  it('answers browsers of other origins only when it was told to', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    expect((await api.inject({ url: '/api/3/action/status_show', headers })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
    const open = buildApi({
      site: { ...site, config: { ...site.config, corsWhitelist: ['https://elsewhere.example'] } },
      queues: async () => [],
    });
    expect((await open.inject({ url: '/api/3/action/status_show', headers })).headers).toMatchObject({
      'access-control-allow-origin': 'https://elsewhere.example',
      'access-control-allow-headers': 'Authorization, Content-Type',
    });
  });
});
