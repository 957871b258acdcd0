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

/** Formats answers as a file that {@link readAnswers} reads. */
export function answersText({ answers, settings }: Collected): string {
  const kept = { ...answers, database: withoutAdministrator(answers.database) };
  return stringify({ ...kept, ...(Object.keys(settings).length > 0 ? { settings } : {}) });
}

/** Asks what the file does not answer, and checks each answer at once. Without a terminal, defaults are the answers. */
export async function collect(
  { answers: given, settings }: AnswerFile,
  { isTerminal, target }: { isTerminal: boolean; target: Pick<Target, 'unchecked' | 'kept'> },
): Promise<Collected> {
  const terminal = isTerminal ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const answers: Partial<Answers> = {};
  try {
    for (const name of QUESTION_NAMES)
      answers[name] = await answered(name, { given, answers, settings, terminal, target });
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
  for (;;) {
    const answer = isAsked ? (await terminal.question(`${heading} [${usual}]: `)).trim() || usual : usual;
    try {
      const sentence = await checkAnswer(name, { ...answers, [name]: answer }, { further: settings, target });
      console.log(isAsked ? `     ok: ${sentence}` : `${heading}: ${sentence}`);
      return answer;
    } catch (error) {
      if (!(error instanceof CommandRefusal)) throw error;
      if (!isAsked) throw new CommandRefusal(`${name}: ${error.message}`);
      console.log(`     ${error.message}`);
    }
  }
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new CommandRefusal(`${path} cannot be read: ${(error as Error).message}`);
  }
}
