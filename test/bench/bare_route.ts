// The measure of the framework: one route, a small answer.
import Fastify from 'fastify';

const app = Fastify();
app.get('/', () => ({ hello: 'world' }));
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
