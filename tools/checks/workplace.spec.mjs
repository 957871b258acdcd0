import { parse as parseYaml } from 'yaml';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const read = (file) => readFileSync(join(ROOT, file), 'utf8');
const json = (file) => JSON.parse(read(file));
const filesIn = (folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`);

const WORKFLOWS = filesIn('.github/workflows');
const FORMS = filesIn('.github/ISSUE_TEMPLATE');

describe('the workflows of CI', () => {
  const jobs = WORKFLOWS.flatMap((file) => Object.entries(parseYaml(read(file)).jobs));
  const [everything, versions] = ['everything', 'versions'].map(
    (name) => jobs.find(([job]) => job === name)[1],
  );

  it('name each action by its commit, with the version in a comment', () => {
    const uses = WORKFLOWS.flatMap((file) => read(file).match(/uses:.*/g));
    expect(uses.length).toBeGreaterThan(0);
    expect(
      uses.filter((line) => !/^uses: ([\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/\S+)$/.test(line)),
    ).toEqual([]);
  });

  it('may read the repository and nothing else, but to write what CodeQL found and what is released', () => {
    const ofWorkflows = WORKFLOWS.map((file) => parseYaml(read(file)).permissions);
    expect(ofWorkflows).toEqual(WORKFLOWS.map(() => ({ contents: 'read' })));
    const ofJobs = jobs.flatMap(([name, { permissions }]) => (permissions ? [[name, permissions]] : []));
    const attested = { 'id-token': 'write', attestations: 'write' };
    expect(ofJobs).toEqual([
      ['analyze', { contents: 'read', 'security-events': 'write' }],
      ['packages', { contents: 'read', ...attested }],
      ['image', { contents: 'read', packages: 'write', ...attested }],
      ['publish', { contents: 'write', 'id-token': 'write' }],
    ]);
  });

  it('put nothing that others write into a script', () => {
    const scripts = jobs.flatMap(([, { steps = [] }]) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('release a tag only, after all claims were proved, and without a long-lived secret', () => {
    const release = parseYaml(read('.github/workflows/release.yml'));
    expect(release.on).toEqual({ push: { tags: ['v*.*.*'] } });
    const { proof, proofs, ...others } = release.jobs;
    const [proved, made] = proof.steps.flatMap(({ run }) => run ?? []).slice(-2);
    expect([proved, made]).toEqual(['.ci/run', 'npm run release -- "$GITHUB_REF_NAME"']);
    expect(proofs).toEqual({ uses: './.github/workflows/proofs.yml' });
    for (const { needs, environment } of Object.values(others)) {
      expect([
        ['proof', 'proofs'],
        ['packages', 'image'],
      ]).toContainEqual(needs);
      expect(environment).toBe('release');
    }
    expect(read('.github/workflows/release.yml')).not.toContain('secrets.');
  });

  it('run every proof each night, and where they are called', () => {
    const workflow = parseYaml(read('.github/workflows/proofs.yml'));
    const [, names] = /const PROOFS = \{\n(.*?)\n\};/s.exec(read('proofs/run.mjs'));
    const { strategy, container, steps } = workflow.jobs.proofs;
    expect(strategy.matrix.proof).toEqual([...names.matchAll(/^ {2}'?([\w-]+)/gm)].map(([, name]) => name));
    expect(container.image).toMatch(new RegExp(`^node:${shipped()}-`));
    expect(steps.flatMap(({ run }) => run ?? []).at(-1)).toBe('npm run proofs -- "$PROOF"');
    expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch', 'workflow_call']);
  });

  it('test on the oldest version of Node.js that is claimed, on that which ships, and between', () => {
    const [, oldest] = /^>=(\d+)/.exec(json('package.json').engines.node);
    expect(versions.strategy.matrix.node).toEqual([Number(oldest), 22, Number(shipped())]);
  });

  it('run everything on the version of Node.js that ships', () => {
    expect(everything.container).toMatch(new RegExp(`^node:${shipped()}-`));
    // The following tests use its result.
    expect(everything.steps.filter(({ run }) => run).at(-1).run).toBe('.ci/run');
  });
});

describe('a place to work', () => {
  it('has the version of Node.js that ships, by .nvmrc and in the container', () => {
    expect(read('.nvmrc').trim()).toBe(shipped());
    expect(json('.devcontainer/devcontainer.json').image).toContain(`:${shipped()}-`);
    expect(read('.github/workflows/release.yml')).toContain(`node-version: ${shipped()}\n`);
  });

  it('brings what the tests need of the system, as CI does', () => {
    expect(json('.devcontainer/devcontainer.json').onCreateCommand).toBe('sudo .ci/packages');
    expect(read('.ci/run')).toContain('\n.ci/packages\n');
  });

  it('has the recommended extensions in the container too', () => {
    const { extensions } = json('.devcontainer/devcontainer.json').customizations.vscode;
    expect(extensions).toEqual(json('.vscode/extensions.json').recommendations);
  });

  it('formats by Prettier', () => {
    expect(json('.vscode/settings.json')['editor.defaultFormatter']).toBe('esbenp.prettier-vscode');
  });

  it('starts programs that are there, in folders that are there', () => {
    const inRoot = (path) => path.replace(/^\$\{workspaceFolder\}/, ROOT);
    const paths = json('.vscode/launch.json').configurations.flatMap(({ program, cwd }) => [program, cwd]);
    expect(paths.map(inRoot).filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('what others are asked', () => {
  it('names who reviews paths that are there', () => {
    const paths = read('.github/CODEOWNERS').match(/^\S+(?= +@portillon\/[a-z]+$)/gm);
    expect(paths[0]).toBe('*');
    expect(paths.slice(1).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it.each(FORMS.filter((file) => !file.endsWith('config.yml')))(
    '%s is a form with a question that must be answered',
    (file) => {
      const { name, description, body } = parseYaml(read(file));
      expect([name, description]).toEqual([expect.any(String), expect.any(String)]);
      expect(body.filter(({ validations }) => validations?.required).length).toBeGreaterThan(0);
    },
  );

  it('leads who found a weakness to SECURITY.md', () => {
    const [link] = parseYaml(read('.github/ISSUE_TEMPLATE/config.yml')).contact_links;
    expect(link.about).toContain('SECURITY.md');
    expect(read('.github/PULL_REQUEST_TEMPLATE.md')).toContain('SECURITY.md');
  });

  it('has Renovate write subjects that the log takes, and pin actions and images', () => {
    const { extends: presets, semanticCommitType, semanticCommitScope } = json('renovate.json');
    expect(presets).toEqual(
      expect.arrayContaining(['helpers:pinGitHubActionDigestsToSemver', 'docker:pinDigests']),
    );
    expect([semanticCommitType, semanticCommitScope]).toEqual(['build', 'workspace']);
  });
});

/** Major version of Node.js in the image. */
function shipped() {
  return /^ARG NODE_IMAGE=node:(\d+)-/m.exec(read('docker/Dockerfile'))[1];
}
