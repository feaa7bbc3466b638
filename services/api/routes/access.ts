import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Who may come in: everybody (`public`), or whom the action or the file's dataset lets in (`action`,
     * `dataset`).
     */
    access?: 'public' | 'action' | 'dataset';
  }
}

/** From here on a route without an authorisation decision is refused when it is declared. */
export function requireAccess(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`${route.method} ${route.url} has no authorisation decision`);
  });
}
