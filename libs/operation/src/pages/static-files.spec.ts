import pino from 'pino';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureServer, createAdapter } from '@portillon/http';
import { ErrorsModule, KernelModule, Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import type { PageAnswersService } from './page-answers.service';
import { pagesErrors, serveStaticFiles, isPagePath } from './static-files';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const random = new SystemRandom(new SystemClock());

@Module({ imports: [KernelModule.forRoot({ keyring }), ErrorsModule.forFeature(pagesErrors)] })
class Application {}

describe('a server that was built without pages', () => {
  let app: NestFastifyApplication;
  let warned: unknown[];

  beforeAll(async () => {
    const logger = pino({ level: 'silent' });
    const options = { publicUrl: 'http://localhost', logger, random };
    app = await NestFactory.create<NestFastifyApplication>(Application, createAdapter(options), {
      logger: false,
      bodyParser: false,
    });
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const rules = await configureServer(app, options);
    const server = app.getHttpAdapter().getInstance();
    await serveStaticFiles(server, rules, {} as PageAnswersService, null);
    warned = warn.mock.calls.flat();
    warn.mockRestore();
    await app.init();
    await server.ready();
  });

  afterAll(() => app.close());

  const get = async (url: string, language = 'en') => {
    const answer = await app.inject({ method: 'GET', url, headers: { 'accept-language': language } });
    return { status: answer.statusCode, ...answer.json<{ code: string; detail: string }>() };
  };

  it('says so in its log as it starts', () => {
    expect(warned).toEqual([expect.stringContaining('built without its pages')]);
  });

  it.each(['/', '/connexion', '/mon-compte?x=y'])('says so to a person who opens %s', async (url) => {
    expect(await get(url)).toMatchObject({ status: 404, code: 'pages.missing' });
    expect((await get(url, 'fr')).detail).toMatch(/construit sans ses pages/);
    expect((await get(url, 'en')).detail).toMatch(/built without its pages/);
  });

  it.each(['/api/nowhere', '/robots.txt'])('says of %s what every server says', async (url) => {
    expect(await get(url)).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('a path', () => {
  it.each([
    '/',
    '/connexion',
    '/mon-compte/',
    '/v1.2/aide',
    '/a..b/c',
    '/apiculture',
    '/scimitar',
    '/mots./',
    '/Connexion',
    '/%',
  ])('is a page: %s', (path) => {
    expect(isPagePath(path)).toBe(true);
  });

  it.each([
    '/.env',
    '/.git/config',
    '/robots.txt',
    '/a/b.php',
    '/a.',
    '/api',
    '/api/x',
    '/health/x',
    '/scim',
    '/scim/v2',
    '/oidc/nope',
    '/SCIM/v2/Me',
    '/scim%2fv2/Me',
    '/%73cim/v2',
    '//scim/v2',
    '/oidc%2fzzz',
    '/Api',
    '/%2eenv',
    '/oidc/%',
  ])('is none: %s', (path) => {
    expect(isPagePath(path)).toBe(false);
  });

  it('of 15,000 points and a slash is recognised as no file at once', () => {
    // Measured in microseconds of processor time, which does not grow on a busy machine.
    const before = process.cpuUsage();
    expect(isPagePath(`/a${'.'.repeat(15_000)}/b`)).toBe(true);
    expect(process.cpuUsage(before).user).toBeLessThan(50_000);
  });
});
