import type { cardFr } from './card.fr';

export const cardEn: typeof cardFr = {
  button: 'Sign in with the CPx card',
  reading: 'Reading the card…',
  help: 'CPS, CPF, CPE or CPA card in its reader. The browser will ask for its certificate and its PIN.',
  helpLink: 'Help with the card',
  link: {
    title: 'CPx card and e-CPS',
    none: 'No card is linked to your account. Insert yours, then link it: after that you can sign in with it, without password or code.',
    already:
      'Your account is linked to the national identifier {id}: the card and the e-CPS that bear it sign you in.',
    button: 'Link my card',
    done: 'Your card is linked: it signs you in from now on.',
  },
  unlink: {
    title: 'Remove this link?',
    text: 'Neither your card nor your e-CPS will sign you in any more. Your other sessions end, and every browser will ask for a code. To link again, present your card or ask your administrator.',
    button: 'Remove the link',
    done: 'The link is removed: the password and the code remain.',
  },
};
