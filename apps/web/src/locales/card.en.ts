import type { cardFr } from './card.fr';

export const cardEn: typeof cardFr = {
  button: 'Sign in with the CPx card',
  reading: 'Reading the card…',
  help: 'CPS, CPF, CPE or CPA card in its reader. The browser will ask for its certificate and its PIN.',
  helpLink: 'Help with the card',
};
