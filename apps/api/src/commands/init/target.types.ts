import type { Deployment } from './deployment';
import type { KeptSecret } from './kept-secret.types';
import type { PlannedFile } from './planned-file';
import type { QuestionName } from './questions';

/** Where the service will run: files for it, and how it is started. */
export interface Target {
  /** The answers of the last run. */
  answersFile: string;
  /** Questions whose answer cannot be checked from here. */
  unchecked: readonly QuestionName[];
  /** Secrets of an earlier run. */
  kept: KeptSecret;
  files(deployment: Deployment): PlannedFile[];
  /** Starts the service, or prints the commands that do. `changed`: paths of the files that were written. */
  start(deployment: Deployment, changed: string[]): Promise<void>;
}
