import fastifyStatic from '@fastify/static';
import { Logger } from '@nestjs/common';
import { foldedPath } from '@portillon/http';
import type { ServerRules } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { ErrorDefinitions } from '@portillon/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pageWithAnswers } from './page-answers.service';
import type { PageAnswersService } from './page-answers.service';

export const pagesErrors = {
  'pages.missing': {
    status: 404,
    fr: {
      title: 'Pages absentes',
      detail:
        'Ce serveur a été construit sans ses pages. Son exploitant doit les construire (npx nx build @portillon/web), puis le redémarrer.',
    },
    en: {
      title: 'Pages missing',
      detail:
        'This server was built without its pages. Its operator must build them (npx nx build @portillon/web), then restart it.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    pages: typeof pagesErrors;
  }
}

const SERVER_PATHS = /^\/(api|scim|oidc|health|demo|metrics)(\/|$)/;

/**
 * Whether a path is a page of the application, including its page for unknown paths. Paths such as `/.env` and
 * `/robots.txt` are not: no page has such a name, and a scanner must not conclude that the file exists.
 */
export function isPagePath(address: string): boolean {
  const path = foldedPath(address);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !SERVER_PATHS.test(path) && !path.startsWith('/.') && !name.includes('.');
}

const YEAR_SECONDS = 31_536_000;
/** Serves the built pages at the API's own origin. */
export async function serveStaticFiles(
  server: FastifyInstance,
  rules: ServerRules,
  answers: PageAnswersService,
  root = pagesFolder(),
): Promise<void> {
  if (!root) return answerWithoutPages(server, rules);
  // Their names contain a hash of their content, except the typeface: none of them ever changes.
  await server.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: '/assets/',
    maxAge: YEAR_SECONDS * 1_000,
    immutable: true,
    preCompressed: true,
  });
  const index = readFileSync(join(root, 'index.html'), 'utf8');
  server.get('/favicon.svg', (_request, reply) => reply.sendFile('favicon.svg', root));
  // Every other path is a page of the application, which has a page for unknown ones.
  server.get('/*', async (request, reply) => {
    if (!isPagePath(pathOf(request))) return refuse(rules, request, reply);
    const html = pageWithAnswers(index, await answers.answersFor(request));
    // The page may contain a user's session: no cache may store it.
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
  });
}

/** Explains that the pages were not built: otherwise the browser shows a wrong address, and the log nothing. */
function answerWithoutPages(server: FastifyInstance, rules: ServerRules): void {
  new Logger('Pages').warn(pagesErrors['pages.missing'].en.detail);
  server.get('/*', (request, reply) => {
    if (!isPagePath(pathOf(request))) return refuse(rules, request, reply);
    rules.problems.send(new AppError('pages.missing'), request, reply);
    return reply;
  });
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0]!;
}

function refuse(
  { routes, problems }: ServerRules,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  problems.send(routes.refusalOf(request), request, reply);
  return reply;
}

/** Serves the scripts and styles of the API documentation page. */
export async function serveDocumentation(server: FastifyInstance): Promise<void> {
  const root = dirname(require.resolve('swagger-ui-dist/package.json'));
  await server.register(fastifyStatic, {
    root,
    prefix: '/api/docs/assets/',
    decorateReply: false,
    maxAge: '1d',
    allowedPath: (path) => /^\/swagger-ui(-bundle)?\.(css|js)$/.test(path),
  });
}

/** Returns `apps/web/dist`, from the sources here or from the bundle (apps/api/dist). */
function pagesFolder(): string | null {
  const candidates = [join(__dirname, '../../web/dist'), join(__dirname, '../../../../apps/web/dist')];
  return candidates.find((folder) => existsSync(join(folder, 'index.html'))) ?? null;
}
