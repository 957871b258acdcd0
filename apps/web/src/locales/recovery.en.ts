import type { recoveryFr } from './recovery.fr';

export const recoveryEn: typeof recoveryFr = {
  recovery: {
    forgottenTitle: 'Forgotten password',
    forgottenIntro:
      'Give your user name, or the email address of your account. A link to choose a new password will be sent to you.',
    username: 'User name or email address',
    usernameHelp: 'Forgot your user name? Give the address: the message reminds you of the user name.',
    usernameMissing: 'Enter your user name or your email address.',
    ask: 'Get a link',
    again: 'Ask for another link',
    asked: 'If there is an account for {name}, an email is leaving for its address.',
    askedLink: 'The link in it works once, for one hour. You may close this page.',
    nothingCame: 'Nothing came?',
    wait: 'Wait a few minutes, and look among the unwanted mail.',
    spelling: 'Check what you typed. For your safety, this page does not say whether the account exists.',
    noMailbox:
      'Without access to that mailbox, ask the administrator of your organisation. The CPx card and Pro Santé Connect remain possible.',
    back: 'Back to sign-in',
    title: { reset: 'Choose a new password', invitation: 'Welcome to Portillon' },
    intro: {
      reset: 'Choose a password that you use nowhere else.',
      invitation:
        'Your organisation opened an account for you. Choose your password to activate it: your user name is in the message you received.',
    },
    choose: { reset: 'Change the password', invitation: 'Activate my account' },
    whatFollows: 'What follows',
    follows: {
      reset:
        'All your sessions and recognised browsers will be closed. You will then sign in with this password and a code.',
      invitation:
        'You will sign in with your user name and this password. A code will then be sent to you by email: keep your mailbox open. You can choose text messages afterwards under “My account”.',
    },
    noLink: 'This page opens from the link received by email.',
    noLinkHelp:
      'Open the message again and follow its link, without reloading the page afterwards: for safety, the link is kept nowhere.',
    notGood: {
      reset: 'This link is no longer valid.',
      invitation: 'This invitation is no longer valid.',
    },
    notGoodHelp: {
      reset:
        'It was already used, is more than an hour old, or was replaced by a more recent one. Take the latest message, or ask for another link.',
      invitation:
        'It was already used, is more than 7 days old, or was replaced by a more recent one. If you have already chosen your password, sign in. Otherwise, ask for a new invitation with your email address.',
    },
    newLink: { reset: 'Ask for another link', invitation: 'Ask for a new invitation' },
    chosen: {
      reset: 'Your password is changed.',
      invitation: 'Your account is active.',
    },
    chosenNext: {
      reset: 'Your sessions and recognised browsers were closed. Sign in: a code will be asked for.',
      invitation: 'Sign in now: a code will be sent to you by email.',
    },
  },
};
