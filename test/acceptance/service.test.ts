import { describe, expect, it } from 'vitest';
import { call, send } from './client.ts';

describe('the service', () => {
  it('shows signs of life', async () => {
    expect(await (await send('/healthz')).text()).toBe('ok\n');
    expect(await (await send('/readyz')).json()).toMatchObject({ ready: true });
  });

  it('counts its answers for Prometheus', async () => {
    await call('package_show', { id: 'nothing-here' }, null);
    const text = await (await send('/metrics')).text();
    expect(text).toMatch(/portolan_action_requests_total\{action="package_show",status="404"\} \d+/);
    for (const name of [
      'outbox_lag_seconds',
      'pool_connections',
      'queue_jobs',
      'queue_oldest_seconds',
      'read_only',
    ])
      expect(text).toContain(`# TYPE portolan_${name} gauge`);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it.each(['/', '/docs', '/api/3', '/nothing', '/healthz'])('sends secure headers with %s', async (path) => {
    const { headers } = await send(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-powered-by')).toBe(null);
  });

  it('has an empty catalogue of translations for each language of CKAN', async () => {
    const known = await send('/api/i18n/en_GB');
    expect([known.status, await known.text()]).toEqual([200, '{}']);
    const unknown = await send('/api/2/i18n/xx');
    expect([unknown.status, await unknown.json()]).toEqual([400, 'Bad request - Unknown locale: xx']);
  });

  it('answers paths that lead nowhere with a page', async () => {
    for (const path of [
      '/nothing',
      '/api/4',
      '/api/action/',
      '/%',
      '/api/3/action/package_list/',
      '/dataset/x/resource/y/download',
    ]) {
      const response = await send(path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        404,
        'text/html; charset=utf-8',
      ]);
    }
  });

  it('wraps an answer for a script tag, whose call is anonymous', async () => {
    const response = await send('/api/3/action/site_read?callback=show');
    expect(response.headers.get('content-type')).toBe('application/javascript;charset=utf-8');
    expect(await response.text()).toMatch(/^show\(\{.*"result": true\}\);$/);
  });
});
