import { existsSync, readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline/promises';
import { parse, stringify } from 'yaml';
import { CommandRefusal } from '../refusal';
import { checkAnswer } from './check-answer';
import { withoutAdministrator } from './database-answer';
import type { Target } from './target.types';
import {
  type Answers,
  type Collected,
  QUESTION_NAMES,
  type QuestionName,
  QUESTIONS,
  type SettingValues,
} from './questions';

/** The answers, and further settings, as a file holds them. */
export interface AnswerFile {
  answers: Partial<Answers>;
  settings: SettingValues;
}

/** Reads a file of answers. Default: the file of an earlier run, if there is one. @throws CommandRefusal */
export function readAnswers(file: string | undefined, earlier: string): AnswerFile {
  const path = file ?? (existsSync(earlier) ? earlier : undefined);
  if (path === undefined) return { answers: {}, settings: {} };
  const { settings = {}, ...answers } = parsed(path) as Partial<Answers> & { settings?: SettingValues };
  const unknown = Object.keys(answers).filter((name) => !(name in QUESTIONS));
  if (unknown.length > 0)
    throw new CommandRefusal(
      `${path}: ${unknown.join(', ')} is no question. There are: ${QUESTION_NAMES.join(', ')}`,
    );
  const texts = Object.entries(settings).map(([name, value]) => [name, String(value)]);
  return { answers, settings: Object.fromEntries(texts) as SettingValues };
}

/** An answer cannot be given yet. The earlier ones are kept, so that no one types them again. */
export class UnfinishedAnswers extends CommandRefusal {
  constructor(
    message: string,
    readonly file: AnswerFile,
  ) {
    super(message);
  }
}

/** Formats answers as a file that {@link readAnswers} reads. */
export function answersText({ answers, settings }: AnswerFile): string {
  const { database } = answers;
  const kept = { ...answers, ...(database && { database: withoutAdministrator(database) }) };
  return stringify({ ...kept, ...(Object.keys(settings).length > 0 ? { settings } : {}) });
}

/**
 * Asks what the file does not answer, and checks each answer at once. Without a terminal, defaults are the answers.
 *
 * @throws CommandRefusal that names every missing answer, without a terminal
 * @throws UnfinishedAnswers when a refused answer is given again
 */
export async function collect(
  { answers: given, settings }: AnswerFile,
  { isTerminal, target }: { isTerminal: boolean; target: Pick<Target, 'unchecked' | 'kept'> },
): Promise<Collected> {
  if (!isTerminal) requireNeeded(given);
  const terminal = isTerminal ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const answers: Partial<Answers> = {};
  try {
    for (const name of QUESTION_NAMES)
      answers[name] = await answered(name, { given, answers, settings, terminal, target });
  } catch (error) {
    throw terminal && error instanceof CommandRefusal
      ? new UnfinishedAnswers(error.message, { answers, settings })
      : error;
  } finally {
    terminal?.close();
  }
  return { answers: answers as Answers, settings };
}

interface Asking {
  given: Partial<Answers>;
  answers: Partial<Answers>;
  settings: SettingValues;
  terminal: Interface | undefined;
  target: Pick<Target, 'unchecked' | 'kept'>;
}

async function answered(name: QuestionName, asking: Asking): Promise<string> {
  const { given, answers, settings, terminal, target } = asking;
  const usual = given[name] ?? QUESTIONS[name].usual(answers);
  const heading = `${QUESTION_NAMES.indexOf(name) + 1}/${QUESTION_NAMES.length}  ${QUESTIONS[name].text}`;
  const isAsked = terminal !== undefined && given[name] === undefined;
  let refused: string | undefined;
  for (;;) {
    const answer = isAsked ? await typed(terminal, heading, usual) : usual;
    try {
      const sentence = await checkAnswer(name, { ...answers, [name]: answer }, { further: settings, target });
      console.log(isAsked ? `     ok: ${sentence}` : `${heading}: ${sentence}`);
      return answer;
    } catch (error) {
      if (!(error instanceof CommandRefusal)) throw error;
      if (!isAsked || answer === refused) throw new CommandRefusal(`${name}: ${error.message}`);
      // What it names must perhaps be made first, such as a certificate.
      console.log(`     ${error.message}. The same answer again stops here, and keeps the others.`);
      refused = answer;
    }
  }
}

async function typed(terminal: Interface, heading: string, usual: string): Promise<string> {
  return (await terminal.question(`${heading} [${usual}]: `)).trim() || usual;
}

function requireNeeded(given: Partial<Answers>): void {
  const missing = QUESTION_NAMES.filter((name) => QUESTIONS[name].needed && given[name] === undefined);
  if (missing.length === 0) return;
  const lines = missing.map((name) => `\n  ${name}: ${QUESTIONS[name].needed}`);
  throw new CommandRefusal(
    `Without a terminal, write these answers to a file, and name it with --answers:${lines.join('')}`,
  );
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new CommandRefusal(`${path} cannot be read: ${(error as Error).message}`);
  }
}
