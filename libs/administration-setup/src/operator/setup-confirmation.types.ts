/** `mail`: the link of a test mail was opened. `keys`: a person said that the keys are kept elsewhere. */
export type ConfirmedStep = 'mail' | 'keys';

export interface SetupConfirmation {
  step: ConfirmedStep;
  confirmedAt: Date;
  keyIds: string[];
}
