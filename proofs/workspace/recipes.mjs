import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, runPackage } from '../../tools/workspace/command.mjs';

/** Under the root, where Node finds the installed packages. */
export const CLONE = join(ROOT, 'tmp', 'recipes');
const WRITTEN = join(import.meta.dirname, 'recipes');
const LANDED = 'tools/checks/landed-migrations.txt';
const MIGRATIONS = ['4102444800001-note-opening', '4102444800002-create-locker-visit'];
/** Files of the recipe's new table, after it was followed. */
export const TABLE_FILES = [];

/** Existing files that the recipe of a step-up method changes. */
export const FACTOR_EDITS = [];
/** Files of a structure's new field, after its recipe was followed. */
export const FIELD_FILES = [];

/** A newcomer's steps for each recipe of `docs/guide/develop.md`, with the same names and order. */
export const STEPS = {
  'A lib': async () => {
    await generate('lib', 'locker', '--type=domain');
    await generate('lib', 'locker-desk', '--type=feature');
    linkLibs();
  },
  'A table': async () => {
    const part = 'libs/locker/src/locker.persistence.ts';
    const [noteOpening, createVisit] = MIGRATIONS;
    write('locker/src', 'locker.entity.ts', 'locker.repository.ts', `migrations/${noteOpening}.ts`);
    edit(part, /^/, `import { NoteOpening4102444800001 } from './migrations/${noteOpening}';\n`);
    edit(part, /(?<=migrations: \[\w+\b)/, ', NoteOpening4102444800001');
    edit(part, /(?<=internal\('id createdAt)/, ' openedAt');
    listMigrations();
    await git('add', '--all');
    write('locker/src', 'locker-visit.entity.ts', `migrations/${createVisit}.ts`);
    edit(part, /^/, "import { LockerVisitEntity } from './locker-visit.entity';\n");
    edit(part, /^/, `import { CreateLockerVisit4102444800002 } from './migrations/${createVisit}';\n`);
    edit(part, /(?<=NoteOpening4102444800001)(?=\])/, ', CreateLockerVisit4102444800002');
    edit(part, /(?<=tables: \[)/, VISITS);
    edit(part, /(?=persistencePart, table)/, 'personal, ');
    listMigrations();
    await git('add', '--intent-to-add', '--all');
    TABLE_FILES.push(...(await git('diff', '--name-only')).trim().split('\n'));
  },
  'A setting': () => {
    edit(
      'apps/api/src/settings/settings.ts',
      /(?=\n {2}smsDailyBudget: number;)/,
      '\n  lockerHours: number;',
    );
    const read = "\n    lockerHours: read.whole('LOCKER_HOURS', { default: 12, min: 1, max: 24 }),";
    edit('apps/api/src/settings/read/read-settings.ts', /(?=\n {4}codeWindowHours:)/, read);
    const options = 'apps/api/src/settings/lib-options.ts';
    edit(options, /^/, "import type { LockerDeskOptions } from '@portillon/locker-desk';\n");
    const handed =
      'export const lockerDeskOptions = ({ lockerHours: hours }: Settings): LockerDeskOptions => ({ hours });';
    edit(options, /$/, `\n${handed}\n`);
    edit('.env.example', /$/, '\n# How long a locker stays open, in hours, 1 to 24.\n# LOCKER_HOURS=12\n');
    write('locker-desk/src', 'locker-desk.options.ts');
  },
  'A route': () => generate('route', 'locker-opening', '--feature=locker-desk', '--path=api/locker-openings'),
  'An error': () => write('locker/src', 'locker.errors.ts', 'locker.service.ts'),
  'What a code is for': () =>
    write('locker-desk/src', 'locker-desk.purposes.ts', 'locker-desk.module.ts', 'index.ts'),
  'A line of the journal': () => write('locker-desk/src', 'locker-desk.journal.ts'),
  'A finding': () => write('locker-desk/src', 'locker-desk.findings.ts'),
  'What a module uses': () => {
    const story = ['controller.ts', 'service.ts', 'service.spec.ts'].map((end) => `locker-opening.${end}`);
    write('locker-desk/src', ...story);
    dependOn('locker-desk', ['audit', 'auth', 'http', 'kernel', 'locker', 'otp', 'session'], {
      fastify: '^5',
    });
    const modules = 'apps/api/src/lib-modules.ts';
    const module = 'LockerDeskModule.forRoot(lockerDeskOptions(settings))';
    edit(modules, /(?<= {4})LockerDeskModule(?=,)/, module);
    edit(modules, /(?=} from '.\/settings\/lib-options')/, '  lockerDeskOptions,\n');
  },
};

/** Has the guide's name too, and runs after the others. */
Object.assign(STEPS, {
  'A step-up method': async () => {
    await git('add', '--all');
    await generate('lib', 'locker-key', '--type=feature');
    linkLibs();
    write('locker-key/src', ...readdirSync(join(WRITTEN, 'locker-key/src')));
    dependOn('locker-key', ['access', 'account', 'auth', 'http', 'locker', 'session'], {
      '@nestjs/swagger': '^11 || ^12',
      'class-validator': '0.15.1',
      fastify: '^5',
    });
    cpSync(join(WRITTEN, 'web'), join(CLONE, 'apps/web'), { recursive: true });
    edit('apps/web/src/locales/index.ts', /(?=\n {2}'my-account',)/, "\n  'locker-key',");
    for (const [locale, text] of Object.entries({
      fr: 'Utiliser la clé de mon casier',
      en: 'Use my locker’s key',
    }))
      edit(
        `apps/web/src/locales/${locale}/code.json`,
        /(?=\n {4}"recovery":)/,
        `\n    "lockerKey": "${text}",`,
      );
    const factors = 'apps/web/src/factors.ts';
    edit(factors, /^/, "import { confirmWithLockerKey, signInWithLockerKey } from './api/locker-key.api';\n");
    edit(factors, /(?=\n {2}'recovery-code': \{)/, LOCKER_KEY);
    const routes = 'apps/api-e2e/src/every-route/closed-routes.spec.ts';
    edit(routes, /(?=\n {2}'POST \/api\/sign-in\/totp',)/, "\n  'POST /api/sign-in/locker-key',");
    writeFileSync(join(CLONE, 'apps/api/openapi.json'), await printedBySources('openapi'));
    FACTOR_EDITS.push(...(await git('diff', '--name-only')).trim().split('\n'), ...MADE_BY_COMMANDS);
  },
});

/** Has the guide's name too. */
Object.assign(STEPS, {
  'A field of a structure': async () => {
    await git('add', '--all');
    const structure = 'libs/structure/src';
    edit(`${structure}/structure-fields.ts`, /(?=\n} satisfies Record<string, RegisteredField>)/, TOWN);
    edit(
      `${structure}/structure.entity.ts`,
      /(?=\n\n {2}@Column\(\{ type: 'int', default: 0, transformer: flag \}\)\n {2}smsForbidden)/,
      TOWN_COLUMN,
    );
    edit(`${structure}/structure.tables.ts`, /(?<=name finess siret)/, ' town');
    const migration = '4102444800003-name-towns';
    write('account/src/migrations', `${migration}.ts`);
    const part = 'libs/account/src/account.persistence.ts';
    edit(
      part,
      /(?=import \{ PendingChangeEntity \})/,
      `import { NameTowns4102444800003 } from './migrations/${migration}';\n`,
    );
    edit(part, /(?<=\n {4}NamePeople1764540000001,)/, '\n    NameTowns4102444800003,');
    listMigrations('libs/account/src/migrations');
    const journal = 'libs/user-management/src/structures/structures.journal.ts';
    edit(
      journal,
      /(?<=siret: \{ fr: 'SIRET', en: 'SIRET' \},)/,
      "\n      town: { fr: 'Commune', en: 'Town' },",
    );
    edit(
      'apps/web/src/features/administration/structures/structure-form.ts',
      /(?<=siret: \{.*\},)/,
      '\n  town: { maxlength: 80 },',
    );
    for (const [locale, label, help] of TOWN_TEXTS)
      edit(
        `apps/web/src/locales/${locale}/administration.json`,
        /(?=\n {6}"finess": "[^"]*",\n {6}"finessHelp")/,
        `\n      "town": "${label}",\n      "townHelp": "${help}",`,
      );
    writeFileSync(join(CLONE, 'apps/api/openapi.json'), await printedBySources('openapi'));
    writeFileSync(join(CLONE, 'docs/guide/gate.schema.json'), await printedBySources('apply', '--schema'));
    await git('add', '--intent-to-add', '--all');
    FIELD_FILES.push(...(await git('diff', '--name-only')).trim().split('\n'));
    cpSync(join(WRITTEN, 'api-e2e'), join(CLONE, 'apps/api-e2e'), { recursive: true });
  },
});

const TOWN = `
  town: {
    text: /^[^\\p{C}]{0,80}$/u,
    maxLength: 80,
    example: 'Saint-Étienne',
    kept: (text: string) => text.trim(),
    isValid: () => true,
  },`;

const TOWN_COLUMN = `

  @Column({ type: 'varchar', length: 80, nullable: true })
  town!: string | null;`;

const TOWN_TEXTS = [
  ['fr', 'Commune', 'Celle de son adresse.'],
  ['en', 'Town', 'That of its address.'],
];

/** After a new library, `npm install` and `node tools/map.mjs` write these files. */
const MADE_BY_COMMANDS = ['package-lock.json', 'docs/guide/map.md'];

const LOCKER_KEY = `
  'locker-key': {
    label: 'code.lockerKey',
    panel: defineAsyncComponent(withMessages(() => import('./ui/codes/LockerKeyEntry.vue'), 'locker-key')),
    signIn: (key) => signInWithLockerKey(key),
    confirm: confirmWithLockerKey,
  },`;

const VISITS = `
    table(LockerVisitEntity, {
      purpose: 'Who opened a locker.',
      kept: 'with the account',
      afterRestore: 'kept',
      columns: [internal('id'), personal('account.username', 'accountId')],
    }),`;

/** A clone of the last commit with its own packages. */
export async function cloned() {
  rmSync(CLONE, { recursive: true, force: true });
  await succeed(run('git', ['clone', '--quiet', '--no-tags', ROOT, CLONE]));
  linkLibs();
}

/** Builds the clone's server and the data of its pages. Skips checks of an npm installation, which the clone is not. */
export async function build() {
  const config = 'apps/api/rolldown.config.mjs';
  for (const name of ['production-only', 'parts']) edit(config, new RegExp(`\\n.*name: '${name}'.*`), '');
  await runIn('.', 'nx', 'run-many', '-t', 'generate', 'people', '-p', '@portillon/web');
}

/** Output of the clone's server, run from its sources. */
export function printedBySources(...args) {
  const sources = ['-C', '@portillon/source', '-r', '@swc-node/register', 'apps/api/src/main.ts', ...args];
  const env = { SWC_NODE_PROJECT: 'tsconfig.base.json' };
  return succeed(run(process.execPath, sources, { cwd: CLONE, env }));
}

/** Runs an installed package's command in a folder of the clone; returns its output. */
export function runIn(folder, name, ...args) {
  // Removes Nx's variables: lint and Jest would otherwise use the outer workspace.
  const env = { NX_TUI: 'false', NX_DAEMON: 'false', NX_TASK_TARGET_PROJECT: '' };
  return succeed(runPackage(name, args, { cwd: join(CLONE, folder), env, ...named(name) }));
}

const named = (name) => (name === 'typescript' ? { command: 'tsc' } : {});

export async function succeed(running) {
  const { code, output, stdout } = await running;
  if (code !== 0) throw new Error(output);
  return stdout;
}

function generate(kind, name, ...options) {
  return runIn('.', 'nx', 'g', `./tools/generators.json:${kind}`, name, ...options);
}

/** As `npm install` does for workspace packages. */
function linkLibs() {
  const folder = join(CLONE, 'node_modules', '@portillon');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const lib of readdirSync(join(CLONE, 'libs'))) symlinkSync(`../../libs/${lib}`, join(folder, lib));
}

export function write(folder, ...files) {
  for (const file of files) cpSync(join(WRITTEN, folder, file), join(CLONE, 'libs', folder, file));
}

/** Replaces the match of `place` with `text`. */
export function edit(file, place, text) {
  const path = join(CLONE, file);
  const before = readFileSync(path, 'utf8');
  if (!place.test(before)) throw new Error(`${file} has no ${place}`);
  writeFileSync(
    path,
    before.replace(place, () => text),
  );
}

function dependOn(lib, libs, peers) {
  const file = join(CLONE, 'libs', lib, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const one of libs) manifest.dependencies[`@portillon/${one}`] = '^0.1.0';
  Object.assign(manifest.peerDependencies, peers);
  writeFileSync(file, JSON.stringify(manifest, null, 2));
}

/** Digests of the migrations that are not listed yet. */
function listMigrations(folder = 'libs/locker/src/migrations') {
  const listed = readFileSync(join(CLONE, LANDED), 'utf8');
  const lines = readdirSync(join(CLONE, folder))
    .filter((name) => !listed.includes(name))
    .map((name) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(CLONE, folder, name)))
        .digest('hex');
      return `${digest}  ${folder}/${name}\n`;
    });
  edit(LANDED, /$/, lines.join(''));
}

export function git(...args) {
  return succeed(run('git', args, { cwd: CLONE }));
}
