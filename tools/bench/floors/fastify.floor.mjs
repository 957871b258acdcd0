import Fastify from 'fastify';

// Bare Fastify: a route that touches nothing.
const server = Fastify();
server.get('/api/session', async () => ({ session: { id: '00000000-0000-7000-8000-000000000000' } }));
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
