import { createInterface } from 'node:readline/promises';
import { collect, answersText, readAnswers, UnfinishedAnswers } from './answers';
import { composeTarget } from './compose.target';
import { deploymentOf } from './deployment';
import { kubernetesTarget } from './kubernetes.target';
import { machineTarget } from './machine.target';
import { planSettings } from './own-settings';
import { describe, writeFiles, type PlannedFile } from './planned-file';
import { CommandRefusal } from '../refusal';
import type { Target } from './target.types';

const TARGETS = { systemd: machineTarget, compose: composeTarget, kubernetes: kubernetesTarget } as const;
const SECRET = 0o600;

export interface InitOptions {
  answers?: string;
  dryRun?: boolean;
  for: keyof typeof TARGETS;
}

/** Installs the service. A second run with the same answers changes nothing. */
export async function init({ answers: file, dryRun, for: name }: InitOptions): Promise<void> {
  if (name === 'systemd' && !dryRun && process.getuid?.() !== 0)
    throw new CommandRefusal(
      'Run it as root: it writes to /etc and starts the units. --dry-run needs no rights.',
    );
  const target: Target = TARGETS[name];
  const isTerminal = file === undefined && process.stdin.isTTY;
  const given = readAnswers(file, target.answersFile);
  const collected = await collect(given, { isTerminal, target }).catch((error: unknown) => {
    if (error instanceof UnfinishedAnswers && !dryRun) keepUntilLater(target.answersFile, error);
    throw error;
  });
  const deployment = deploymentOf(collected, target.kept);
  const files: PlannedFile[] = [
    ...(await withSettings(target.files(deployment), dryRun)),
    { path: target.answersFile, text: answersText(collected), mode: SECRET },
  ];
  if (dryRun) return files.flatMap(describe).forEach((line) => console.log(line));
  const changed = writeFiles(files);
  for (const path of changed) console.log(`wrote   ${path}`);
  if (changed.length === 0) console.log('Every file is as it should be.');
  await target.start(deployment, changed);
}

function keepUntilLater(path: string, { file }: UnfinishedAnswers): void {
  writeFiles([{ path, text: answersText(file), mode: SECRET }]);
  console.log(
    `Your answers so far are in ${path}: run "portillon init" again, which goes on with this question.`,
  );
}

async function withSettings(files: PlannedFile[], dryRun: boolean | undefined): Promise<PlannedFile[]> {
  const confirm = process.stdin.isTTY && !dryRun ? confirmed : undefined;
  const planned: PlannedFile[] = [];
  for (const file of files) planned.push(...(file.isSettings ? await planSettings(file, confirm) : [file]));
  return planned;
}

async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^[yo]/i.test(await terminal.question(question));
  } finally {
    terminal.close();
  }
}
