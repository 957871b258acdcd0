import { parse as parseYaml } from 'yaml';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { installTools } from '../workspace/install.mjs';
import { IN_CI, machine } from './machine.mjs';

const FOLDER = join(ROOT, 'deploy/kubernetes');
const RULES = 'deploy/monitoring/prometheus';
const COMMANDS = 'apps/api/src/commands/';
const DATABASE_SETTINGS = 'apps/api/src/settings/read/read-database.ts';
const CONNECTIONS = 'libs/persistence/src/mysql/server.data-source.ts';
/** Connections for commands, backups and operators. */
const OF_OPERATORS = 20;
/** `max_prepared_stmt_count` of MariaDB and MySQL. */
const MOST_PREPARED_BY_DEFAULT = 16_382;
const require = createRequire(import.meta.url);
const text = (file) => readFileSync(join(ROOT, file), 'utf8');

describe.runIf(IN_CI || machine.kustomize)('what kustomize makes for a cluster', () => {
  // It has the models of the kinds of objects.
  beforeAll(() => installTools());

  const objects = built();
  const ofKind = (...kinds) => objects.filter(({ kind }) => kinds.includes(kind));
  const processes = ofKind('Deployment', 'Job');
  const pods = [
    ...processes.map(({ spec }) => spec.template),
    ...ofKind('CronJob').map(({ spec }) => spec.jobTemplate.spec.template),
  ];
  // Vitest also loads a group that it skips, so nothing here may need a build.
  const settings = ofKind('ConfigMap')[0]?.data;

  it.each(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]))(
    'is a good %s',
    (_name, object) => {
      const { [object.kind]: Model } = require(`kubernetes-models/${object.apiVersion}/${object.kind}`);
      expect(() => new Model(object).validate()).not.toThrow();
    },
  );

  it('has no field that the cluster does not know', () => {
    expect(unknownFields(objects)).toEqual([]);
  });

  it('names settings of Portillon alone', () => {
    const listed = new Set(
      Array.from(text('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm), ([, name]) => name),
    );
    const isSetting = (name) => listed.has(name) || listed.has(name.replace(/_FILE$/, ''));
    const named = processes.flatMap(({ spec }) =>
      spec.template.spec.containers[0].env.map(({ name }) => name),
    );
    expect(
      [...Object.keys(settings), ...named].filter((name) => name !== 'NODE_ENV' && !isSetting(name)),
    ).toEqual([]);
  });

  it('runs commands of the program, and asks ports and paths that the server has', () => {
    const commands = readdirSync(join(ROOT, COMMANDS), { recursive: true }).filter((name) =>
      name.endsWith('.commands.ts'),
    );
    const program = ['apps/api/src/main.ts', ...commands.map((name) => COMMANDS + name)].map(text).join('\n');
    const operations = text('libs/operation/src/health/health.controller.ts');
    for (const { spec } of processes) {
      const [{ args, ports = [], ...container }] = spec.template.spec.containers;
      expect(program).toContain(`.command('${args[0]}'`);
      for (const { name, containerPort } of ports)
        expect(String(containerPort)).toBe(settings[{ http: 'PORT', operations: 'OPS_PORT' }[name]]);
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap(
        (name) => container[name] ?? [],
      )) {
        expect(operations).toContain(`'${probe.httpGet.path}'`);
        expect(probe.httpGet.port).toBe('operations');
      }
    }
  });

  it('gives no pod anything of root, of the node or to write', () => {
    for (const { spec } of pods) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const { securityContext } of spec.containers)
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
    }
  });

  it('leads each service, budget and rule of the network to pods that there are', () => {
    const labels = pods.map(({ metadata }) => metadata.labels);
    const reaches = (wanted) =>
      labels.some((has) => Object.entries(wanted).every(([key, value]) => has[key] === value));
    const selectors = [
      ...ofKind('Service').map(({ spec }) => spec.selector),
      ...ofKind('PodDisruptionBudget', 'Deployment').map(({ spec }) => spec.selector.matchLabels),
    ];
    expect(selectors.filter((selector) => !reaches(selector))).toEqual([]);
    for (const { spec } of ofKind('NetworkPolicy')) {
      const { matchLabels = {}, matchExpressions = [] } = spec.podSelector;
      expect(reaches(matchLabels)).toBe(true);
      for (const { key, values } of matchExpressions)
        expect(values.filter((value) => !reaches({ [key]: value }))).toEqual([]);
    }
  });

  it('gives the account that changes tables to the migration alone', () => {
    const holders = (secret) =>
      pods
        .filter(({ spec }) => spec.volumes?.some((volume) => volume.secret?.secretName === secret))
        .map(({ metadata }) => metadata.labels['app.kubernetes.io/component']);
    expect(holders('portillon-migrate')).toEqual(['migrate']);
    const urls = processes.map(({ metadata, spec }) => [
      metadata.name,
      spec.template.spec.containers[0].env.find(({ name }) => name === 'DATABASE_URL_FILE').value,
    ]);
    expect(Object.fromEntries(urls)).toEqual({
      'portillon-api': '/run/secrets/portillon/database-url',
      'portillon-worker': '/run/secrets/portillon/database-url',
      'portillon-migrate': '/run/secrets/portillon-migrate/database-url',
    });
  });

  it('names the image by its digest', () => {
    const images = processes.map(({ spec }) => spec.template.spec.containers[0].image);
    expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  });

  it('asks the database for the connections and statements of all its pods', () => {
    const [{ metadata, spec }] = ofKind('HorizontalPodAutoscaler');
    const [{ spec: worker }] = ofKind('Deployment').filter(
      ({ metadata }) => metadata.name !== 'portillon-api',
    );
    const [, perProcess] = /'DATABASE_POOL_SIZE', \{ default: (\d+)/.exec(text(DATABASE_SETTINGS));
    const [, perConnection] = /MOST_PREPARED = (\d+)/.exec(text(CONNECTIONS));
    const surge = 1;
    const migration = 1;
    const running = spec.maxReplicas + surge + (worker.replicas + surge) + migration;
    expect(metadata.annotations).toEqual({
      max_connections: String(running * perProcess + OF_OPERATORS),
      max_prepared_stmt_count: String(running * perProcess * perConnection),
    });
    expect(running * perProcess * perConnection).toBeLessThanOrEqual(MOST_PREPARED_BY_DEFAULT);
  });

  it('lets the pods reach each dependency that a setting names', () => {
    const [{ spec }] = ofKind('NetworkPolicy').filter(({ metadata }) => metadata.name === 'portillon');
    const open = new Set(spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port)));
    const examples = text('.env.example')
      .match(/^# .*:\/\/.*$/gm)
      .filter((line) => !line.includes('PUBLIC_URL'));
    const named = examples.flatMap((line) => line.match(/(?<=:)\d{2,5}\b/g) ?? []).map(Number);
    expect(named).toContain(3306);
    expect(named.filter((port) => !open.has(port))).toEqual([]);
    expect([25, 465, 587].filter((port) => !open.has(port))).toEqual([]);
  });

  it('finishes its requests before it is killed, and leaves the service first', () => {
    const [{ spec }] = ofKind('Deployment').filter(({ metadata }) => metadata.name === 'portillon-api');
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(30);
    expect(spec.template.spec.containers[0].lifecycle.preStop.exec.command).toEqual(['sleep', '5']);
  });

  it.runIf(IN_CI || machine.haproxy)('has HAProxy remove what a stranger says of himself', () => {
    const [{ metadata }] = ofKind('Ingress');
    const snippet = metadata.annotations['haproxy.org/backend-config-snippet'];
    const timeouts = 'timeout connect 1s\n timeout client 20s\n timeout server 20s';
    const configuration = `defaults\n mode http\n ${timeouts}\nlisten api\n bind 127.0.0.1:8443\n${snippet} server one 127.0.0.1:3000\n`;
    const folder = mkdtempSync(join(tmpdir(), 'portillon-haproxy-'));
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, configuration);
    const words = ['-c', '-q', '-f', file];
    const { status, stderr } = spawnSync(machine.haproxy ?? 'haproxy', words, { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const header of removedByNginx()) expect(snippet).toContain(header);
  });
});

describe.runIf(IN_CI || machine.kustomize)('the component for the operator of Prometheus', () => {
  let objects;

  beforeAll(() => {
    execFileSync('sh', [join(FOLDER, 'monitoring/rules.sh')]);
    objects = built('monitoring');
  });

  afterAll(() => rmSync(join(FOLDER, 'monitoring/rules.yaml')));

  it('has every rule that other deployments have', () => {
    const files = readdirSync(join(ROOT, RULES)).filter((name) => name.endsWith('.rules.yaml'));
    const groups = files.flatMap((name) => parseYaml(text(join(RULES, name))).groups);
    const rules = objects.filter(({ kind }) => kind === 'PrometheusRule');
    expect(rules.flatMap(({ spec }) => spec.groups)).toEqual(groups);
  });

  it('finds the port of operations, and names the job as the rules do', () => {
    const { spec } = objects.find(({ kind }) => kind === 'ServiceMonitor');
    const services = built().filter(({ kind }) => kind === 'Service');
    const [[label, value]] = Object.entries(spec.selector.matchLabels);
    const ports = services
      .filter(({ metadata }) => metadata.labels[label] === value)
      .flatMap((one) => one.spec.ports);
    expect(ports.filter(({ name }) => name === spec.endpoints[0].port)).toHaveLength(1);
    expect(services.map(({ metadata }) => metadata.labels[spec.jobLabel])).toEqual([
      'portillon',
      'portillon',
    ]);
  });
});

function built(folder = 'example') {
  if (!machine.kustomize) return [];
  const { status, stdout, stderr } = spawnSync(machine.kustomize, ['build', join(FOLDER, folder)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.split(/^---$/m).map((one) => parseYaml(one));
}

/** The compiler checks each field of each kind; a schema accepts unknown fields. */
function unknownFields(objects) {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-kubernetes-'));
  const file = join(folder, 'objects.ts');
  const lines = objects.map(
    (object, index) =>
      `import type { I${object.kind} as T${index} } from '${require.resolve(`kubernetes-models/${object.apiVersion}/${object.kind}`)}';
       export const object${index}: T${index} = ${JSON.stringify(object)};`,
  );
  writeFileSync(file, lines.join('\n'));
  const program = ts.createProgram([file], { noEmit: true, skipLibCheck: true, strict: true, types: [] });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  rmSync(folder, { recursive: true });
  return problems;
}

/** Headers that the proxy under test removes. */
function removedByNginx() {
  return Array.from(
    text('docker/nginx/proxy.conf').matchAll(/^proxy_set_header (\S+) "";$/gm),
    ([, name]) => name,
  ).filter((name) => name !== 'Connection');
}
