import Fastify from 'fastify';
import { readSession } from './session-read.mjs';
import { openStore } from './store.mjs';

// Bare Fastify and one primary-key SELECT by prepared statement.
const store = openStore(process.env.DATABASE_URL);
const server = Fastify();
server.get('/api/session', async (request, reply) => {
  const answer = await readSession(store, request.headers.cookie);
  return answer ?? reply.code(401).send({ code: 'session.required' });
});
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
