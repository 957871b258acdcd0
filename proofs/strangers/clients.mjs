import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { block, hasEnded, run } from './client.mjs';

/** Longer than the `cookie_refresh` of the proof. */
const REFRESH_MS = 3_000;
/** The shortest life of an access token, within which a page renews it. */
export const TOKEN_MS = 60_000;

/** The guide's clients: each is installed by its own package manager, written from its page, and started. */
export const CLIENTS = [
  python('authlib', {
    packages: ['authlib', 'flask', 'requests'],
    prepare: (folder) => copy(folder, 'python.md', { 'authlib_app.py': 'authlib_app.py' }),
    start: ['flask', '--app', 'authlib_app', 'run', '--port', '8000'],
  }),
  django('mozilla', { packages: ['mozilla-django-oidc'], shown: 'claire.martin@' }),
  django('allauth', { packages: ['django-allauth[socialaccount]'], shown: 'claire.martin@' }),
  django('social', { packages: ['social-auth-app-django'], click: 'Sign in', shown: 'claire.martin' }),
  python('jupyterhub', {
    packages: ['jupyterhub', 'oauthenticator', 'jupyterlab'],
    prepare: async (folder) => {
      await npm(folder, ['configurable-http-proxy']);
      copy(folder, 'python.md', { 'jupyterhub_config.py': 'jupyterhub_config.py' });
      // A notebook refuses to run as root, who runs this proof.
      const asRoot = "c.Spawner.args = ['--allow-root']\n";
      if (process.getuid() === 0) appendFileSync(join(folder, 'jupyterhub_config.py'), asRoot);
    },
    // As in a virtual environment that a person has activated.
    env: (folder) => {
      const programs = ['venv/bin', 'node_modules/.bin'].map((place) => join(folder, place));
      return { PATH: [...programs, process.env.PATH].join(delimiter) };
    },
    start: ['jupyterhub'],
    click: 'Sign in with OAuth 2.0',
    // Its first page starts a notebook.
    arrives: /\/user\/claire\.martin\/lab/,
    result: 'signs a person in and out',
    after: async (page, server) => {
      await page.goto('http://localhost:8000/hub/logout');
      await page.getByRole('button', { name: 'Se déconnecter' }).click();
      await hasEnded(page, server);
    },
    // Its proxy runs in another session, and ends only on SIGTERM.
    signal: 'SIGTERM',
  }),
  {
    name: 'go-oidc',
    page: 'go.md',
    application: 'go-oidc.yaml',
    needs: ['go'],
    install: async (folder) => {
      copy(folder, 'go.md', { 'main.go': 'main.go' });
      if (!existsSync(join(folder, 'go.mod'))) await run(folder, 'go', ['mod', 'init', 'example']);
      await run(folder, 'go', ['get', 'github.com/coreos/go-oidc/v3/oidc', 'golang.org/x/oauth2']);
      await run(folder, 'go', ['build', '-o', 'example', '.']);
      return run(folder, 'go', ['list', '-m', '-f', '{{.Version}}', 'github.com/coreos/go-oidc/v3']);
    },
    start: (folder) => [join(folder, 'example')],
  },
  {
    name: 'oauth2-proxy',
    page: 'go.md',
    application: 'oauth2-proxy.yaml',
    needs: ['go'],
    install: async (folder) => {
      const env = { GOBIN: folder };
      await run(folder, 'go', ['install', 'github.com/oauth2-proxy/oauth2-proxy/v7@latest'], { env });
      const text = await run(folder, 'go', ['version', '-m', 'oauth2-proxy']);
      return /\tmod\t\S+\t(\S+)/.exec(text)[1];
    },
    prepare: (folder) => {
      copy(folder, 'go.md', { 'oauth2-proxy.cfg': 'oauth2-proxy.cfg' });
      const file = join(folder, 'oauth2-proxy.cfg');
      // As printed, but for a proof that does not wait a minute.
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace('cookie_refresh = "1m"', 'cookie_refresh = "2s"'),
      );
    },
    start: () => [
      'sh',
      '-c',
      'OAUTH2_PROXY_CLIENT_SECRET=$CLIENT_SECRET exec ./oauth2-proxy --config oauth2-proxy.cfg',
    ],
    shown: 'Authenticated',
    result: 'signs a person in, renews, and hears of a sign-out',
    after: async (page, server) => {
      await sleep(REFRESH_MS);
      await page.goto('http://localhost:8000/');
      await page.getByText('Authenticated').waitFor();
      await page.request.delete(`${server.url}/api/session`);
      await sleep(REFRESH_MS);
      await page.goto('http://localhost:8000/');
      await page.getByLabel('Identifiant', { exact: true }).waitFor();
    },
  },
  {
    name: 'rust-openidconnect',
    page: 'rust.md',
    application: 'rust.yaml',
    needs: ['cargo'],
    install: async (folder) => {
      await run(folder, 'mkdir', ['-p', 'src']);
      copy(folder, 'rust.md', { 'Cargo.toml': 'Cargo.toml', 'src/main.rs': 'main.rs' });
      await run(folder, 'cargo', ['build', '--quiet']);
      const text = await run(folder, 'cargo', ['tree', '--depth', '1', '--prefix', 'none']);
      return /^openidconnect v(\S+)/m.exec(text)[1];
    },
    start: (folder) => [join(folder, 'target/debug/example')],
  },
  spring('spring-boot-3', '3'),
  spring('spring-boot-4', '4'),
  springApi('spring-boot-3-api', '3'),
  springApi('spring-boot-4-api', '4'),
  {
    name: 'auth-js',
    page: 'node.md',
    application: 'auth-js.yaml',
    install: (folder) => npm(folder, ['@auth/express', 'express']),
    prepare: (folder) => copy(folder, 'node.md', { 'auth-js.mjs': 'auth-js.mjs' }),
    start: () => ['node', 'auth-js.mjs'],
    click: 'Sign in with Portillon',
  },
  {
    name: 'angular-oauth2-oidc',
    page: 'browser.md',
    application: 'angular.yaml',
    install: async (folder) => {
      const angular = ['common', 'compiler', 'core', 'platform-browser', 'router'].map(
        (name) => `@angular/${name}@22`,
      );
      const version = await npm(folder, ['angular-oauth2-oidc', ...angular, 'rxjs', 'esbuild']);
      copy(folder, 'browser.md', { 'main.ts': 'main.ts' });
      writeFileSync(join(folder, 'entry.ts'), "import '@angular/compiler';\nimport './main';\n");
      writeFileSync(
        join(folder, 'tsconfig.json'),
        '{ "compilerOptions": { "experimentalDecorators": true } }',
      );
      await run(folder, 'npx', ['esbuild', 'entry.ts', '--bundle', '--format=esm', '--outfile=site/main.js']);
      const page = '<!doctype html><app-root></app-root><script type="module" src="/main.js"></script>';
      writeFileSync(join(folder, 'site/index.html'), page);
      return version;
    },
    start: () => ['python3', '-m', 'http.server', '8000', '--bind', 'localhost', '--directory', 'site'],
    needs: ['python3'],
    click: 'Sign in',
    result: 'signs a person in, renews, and signs out',
    after: async (page, server) => {
      const isRenewal = (request) => request.postData()?.includes('grant_type=refresh_token') ?? false;
      const renewal = await page.waitForRequest(isRenewal, { timeout: TOKEN_MS });
      if (!(await renewal.response()).ok()) throw new Error('the renewal was refused');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await hasEnded(page, server);
    },
  },
];

/** Installs the newest releases by npm; resolves to the version of the first. */
async function npm(folder, packages) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await run(folder, 'npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages]);
  const text = await run(folder, 'npm', ['ls', packages[0], '--depth=0', '--json']);
  return JSON.parse(text).dependencies[packages[0]].version;
}

/** A client that pip installs in a new virtual environment. */
function python(name, { packages, start, ...more }) {
  return {
    name,
    page: 'python.md',
    application: `${name}.yaml`,
    needs: ['python3'],
    install: async (folder) => {
      if (!existsSync(join(folder, 'venv/bin/pip'))) await run(folder, 'python3', ['-m', 'venv', 'venv']);
      await run(folder, 'venv/bin/pip', ['install', '--quiet', ...packages]);
      const version = await run(folder, 'venv/bin/pip', ['show', packages[0].replace(/\[.*/, '')]);
      return /^Version: (.*)$/m.exec(version)[1];
    },
    start: (folder) => [join(folder, 'venv/bin', start[0]), ...start.slice(1)],
    ...more,
  };
}

/** A project of `django-admin`, with the settings of the page appended. */
function django(name, { packages, ...more }) {
  return python(name, {
    packages: [...packages, 'django'],
    prepare: async (folder) => {
      rmSync(join(folder, 'site'), { recursive: true, force: true });
      await run(folder, 'mkdir', ['site']);
      await run(folder, 'venv/bin/django-admin', ['startproject', 'project', 'site']);
      writeFileSync(join(folder, 'site/project/settings.py'), block('python.md', `${name}_settings.py`), {
        flag: 'a',
      });
      writeFileSync(join(folder, 'site/project/urls.py'), block('python.md', `${name}_urls.py`));
      const env = { CLIENT_SECRET: 'of the migration' };
      await run(folder, 'venv/bin/python', ['site/manage.py', 'migrate', '--verbosity', '0'], { env });
    },
    start: ['python', 'site/manage.py', 'runserver', '--noreload', 'localhost:8000'],
    ...more,
  });
}

/** Writes code blocks of a page as files of a folder. */
function copy(folder, page, files) {
  for (const [file, name] of Object.entries(files)) writeFileSync(join(folder, file), block(page, name));
}

/** Sign-in with the newest release of one generation of Spring Boot, by Maven. */
function spring(name, generation) {
  return {
    ...springBoot(generation, ['web', 'oauth2-client'], {
      'src/main/java/example/Example.java': 'Example.java',
      'src/main/resources/application.yaml': 'application.yaml',
    }),
    name,
    application: 'spring.yaml',
  };
}

/** The guide's API: accepts an access token issued for it, and rejects requests without one. */
function springApi(name, generation) {
  return {
    ...springBoot(generation, ['web', 'oauth2-resource-server'], {
      'src/main/java/example/Api.java': 'Api.java',
    }),
    name,
    application: 'spring-api.yaml',
    env: () => ({ SERVER_PORT: '8000' }),
    result: 'lets in an access token for its audience alone',
    attempt: async (server, secret) => {
      const ask = async (resource) => {
        const body = new URLSearchParams({ grant_type: 'client_credentials', resource });
        const headers = { authorization: `Basic ${Buffer.from(`caller:${secret}`).toString('base64')}` };
        const answer = await fetch(`${server.url}/oidc/token`, { method: 'POST', headers, body });
        return (await answer.json()).access_token;
      };
      const open = async (headers) => (await fetch('http://localhost:8000/', { headers })).status;
      const statuses = [
        await open({}),
        await open({ authorization: `Bearer ${await ask('https://other.example')}` }),
        await open({ authorization: `Bearer ${await ask('https://api.example')}` }),
      ];
      if (statuses.join() !== '401,401,200') throw new Error(`the API answered ${statuses}`);
    },
  };
}

function springBoot(generation, starters, files) {
  return {
    page: 'spring.md',
    needs: ['mvn', 'java'],
    install: async (folder) => {
      const version = await newestSpringBoot(generation);
      await run(folder, 'mkdir', ['-p', 'src/main/java/example', 'src/main/resources']);
      copy(folder, 'spring.md', files);
      writeFileSync(join(folder, 'pom.xml'), pom(version, starters));
      await run(folder, 'mvn', ['-q', '-B', 'package']);
      return version;
    },
    start: (folder) => ['java', '-jar', join(folder, 'target/example.jar')],
  };
}

async function newestSpringBoot(generation) {
  const folder = 'https://repo.maven.apache.org/maven2/org/springframework/boot/spring-boot-starter-parent';
  const text = await (await fetch(`${folder}/maven-metadata.xml`)).text();
  const releases = [...text.matchAll(/<version>(\d+)\.(\d+)\.(\d+)<\/version>/g)]
    .map(([, ...parts]) => parts.map(Number))
    .filter(([major]) => major === Number(generation))
    .sort(([, a, b], [, c, d]) => a - c || b - d);
  return releases.at(-1).join('.');
}

function pom(version, starters) {
  const dependency = (starter) =>
    `<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-${starter}</artifactId></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>${version}</version>
  </parent>
  <groupId>example</groupId>
  <artifactId>example</artifactId>
  <version>1</version>
  <properties><java.version>17</java.version></properties>
  <dependencies>${starters.map(dependency).join('')}</dependencies>
  <build>
    <finalName>example</finalName>
    <plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>
  </build>
</project>
`;
}
