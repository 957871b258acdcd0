import type { identityFr } from './identity.fr';

export const identityEn: typeof identityFr = {
  identity: {
    title: 'CPx card and e-CPS',
    none: 'No card and no e-CPS is linked to your account. Link yours, once: after that you can sign in with it, without password or code.',
    already:
      'Your account is linked to the national identifier {id}: the card and the e-CPS that bear it sign you in.',
    passwordOnly: 'To link a card or an e-CPS, sign out, then sign in with your password and a code.',
    card: {
      button: 'Link my card',
      help: 'Insert your card in its reader first.',
      done: 'Your card is linked: it signs you in from now on.',
    },
    ecps: {
      button: 'Link my e-CPS with Pro Santé Connect',
      help: 'You say who you are at Pro Santé Connect, then come back here. You have 5 minutes.',
      done: 'Your e-CPS is linked: Pro Santé Connect signs you in from now on.',
    },
    refusal: {
      'sign-in': { cancelled: 'You stopped the linking. Nothing has changed: you can start again.' },
      identity: {
        rejected:
          'Pro Santé Connect did not confirm who you are: nothing is linked. Start again. If it goes on, tell support.',
      },
      account: {
        'already-linked':
          'Nothing is linked: this e-CPS is linked to another account, or yours to another identity. Ask the administrator of your organisation.',
      },
      session: { required: 'Nothing is linked: another session was opened in the meantime. Start again.' },
      means: {
        unavailable: 'Pro Santé Connect does not answer: nothing is linked. Try again in a few minutes.',
      },
      failed: 'The linking did not work: nothing has changed. Try again in a moment.',
    },
    unlink: {
      title: 'Remove this link?',
      text: 'Neither your card nor your e-CPS will sign you in any more. Your other sessions end, and every browser will ask for a code. To link again, sign in with password and code, or ask your administrator.',
      button: 'Remove the link',
      done: 'The link is removed: the password and the code remain.',
    },
  },
};
