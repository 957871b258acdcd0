import type { helpFr } from './help.fr';

export const helpEn: typeof helpFr = {
  help: {
    title: 'Help',
    lead: 'What each way to sign in asks for, and what each message means. Each answer has its address: you can send it to a colleague.',
    contents: 'Contents of the help',
    todo: 'What to do:',
    forgotten: 'Ask for a link',
    moreTitle: 'Another question?',
    more: 'The administrator of your organisation looks after your account: ask there first. Never give them your password or a code.',
    sections: {
      means: 'Ways to sign in',
      codes: 'Codes',
      password: 'Password, links and address',
      refusals: 'Refusals',
    },
    topics: {
      'mot-de-passe-et-code': {
        title: 'Password and code',
        what: 'Your user name and your password, then a code of 6 digits sent by email or text message. The code is good for 10 minutes and works once. In a browser that you chose to have recognised, no other code is asked for during 24 hours at most.',
        todo: 'keep your mailbox or your telephone at hand. Never give a code to anybody, not even to support: they will never ask you for one.',
      },
      carte: {
        title: 'CPx card (CPS, CPF, CPE, CPA)',
        what: 'The card in its reader, and its 4-digit PIN, which only the card checks. No password, and no code by message.',
        todo: 'plug the reader in, insert the card, then choose the authentication certificate in your name.',
      },
      'pro-sante-connect': {
        title: 'Pro Santé Connect (e-CPS)',
        what: 'You identify yourself at Pro Santé Connect, with the e-CPS application or your card. No code is asked for here. Your account is recognised by your national identifier.',
        todo: 'if your identity is not recognised, sign in once with password and code, then link your e-CPS under “My account”; or ask the administrator of your organisation to link your account to your national identifier. On a shared computer, sign out: that leaves Pro Santé Connect too.',
      },
      'code-non-recu': {
        title: 'The code does not come',
        what: 'An email usually comes within seconds, a text message within a minute; your mail system may hold a message longer. The page says when the message did not leave.',
        todo: 'look among the unwanted mail, check the signal of the telephone, then ask for another code or get it the other way. If your address or your number changed, the administrator of your organisation can correct it.',
      },
      'code-refuse': {
        title: 'The code is refused',
        what: 'Each message bears a reference of four characters. Only the code of the latest message asked for is accepted, in the browser that asked for it. You have 5 tries for each code.',
        todo: 'compare the reference in the message with the one on the page, then enter the code of that message.',
      },
      'code-expire': {
        title: 'The code is no longer valid',
        what: 'A code is good for 10 minutes, and a sign-in under way for 15.',
        todo: 'ask for a new code. If the page takes you back to the beginning, start again with your user name.',
      },
      'code-epuise': {
        title: 'Too many tries with this code',
        what: 'After 5 tries, a code serves no more. After 10 wrong codes in a row, the code step locks for 15 minutes, then longer and longer.',
        todo: 'ask for a new code, and take the one of the latest message. If the step is locked, the page says when to try again; the administrator of your organisation can unlock your account.',
      },
      'code-trop-tot': {
        title: '“A code has just been sent”',
        what: 'To protect you, there are 30 seconds to wait between two emails and a minute between two text messages, then more and more. There is also a limit for each hour and each day.',
        todo: 'give the message time to arrive. The page counts the time that is left.',
      },
      'code-redemande': {
        title: 'Why a code is asked for again',
        what: 'A code is asked for every day, in a new browser, after a change of password, address or number, and before an act that touches security when the last code is more than 5 minutes old.',
        todo: 'enter it: nothing that you typed in the page is lost. Without a code, the act does not take place.',
      },
      telephone: {
        title: 'The telephone number',
        what: 'Only French mobile numbers, overseas included, are accepted, unless your service set it otherwise. The number serves once a code received by text message has proved it.',
        todo: 'type it in full, for example 06 12 34 56 78, choose “Verify”, then “SMS” and “Save”.',
      },
      'mot-de-passe-oublie': {
        title: 'Forgotten password or user name',
        what: 'A link is sent to you by email to choose a new password; the message reminds you of your user name. The answer is the same whether the account exists or not.',
        todo: 'ask for the link. Without access to your mailbox, ask the administrator of your organisation.',
      },
      'mot-de-passe-faible': {
        title: 'The password is not safe enough',
        what: 'It takes 14 characters, or 12 with small letters, capitals, digits and signs, or 7 words. Common or stolen passwords, and those with your name or that of the service in them, are refused.',
        todo: 'a sentence that only you know does well; spaces and accents count. A password manager can suggest one.',
      },
      lien: {
        title: 'The link or the invitation is no longer valid',
        what: 'A link to change the password works once, for an hour; an invitation works once, for 7 days. A more recent message voids the one before. With the card, it means that too much time went by.',
        todo: 'take the latest message, or ask for another link.',
      },
      adresse: {
        title: 'Changing the email address',
        what: 'The new address is taken once the code sent there is entered; the old one is told. Your other sessions and recognised browsers are then closed.',
        todo: 'under “My account”, type the new address, then the code that comes there. If you asked for nothing and receive such a message, tell the administrator of your organisation.',
      },
      identifiants: {
        title: 'The user name or the password is not right',
        what: 'To teach a stranger nothing, the answer is the same when either is wrong, and when the account does not exist, is deactivated or is locked.',
        todo: 'check the capitals and the keyboard, show the password with the eye, or choose a new one by email. An account that was not used for 6 months is blocked: the administrator of your organisation can open it again.',
      },
      blocage: {
        title: 'Too many tries',
        what: 'After several failures, each try has to wait; after 10 in a row, the password is locked for 30 minutes. Many failures from one network make the whole network wait.',
        todo: 'wait as long as is said. The CPx card and Pro Santé Connect remain possible, and the administrator of your organisation can unlock your account.',
      },
      'fin-de-connexion': {
        title: 'The session is over',
        what: 'It closes after 30 minutes without activity, after 4 hours, or when you close it from another screen, or change your password or address. The code step has 15 minutes.',
        todo: 'sign in again: you will come back to the same page. If you did nothing of the kind, change your password.',
      },
      'carte-refusee': {
        title: 'The card is refused',
        what: 'The card is not read, it has expired, was replaced or reported lost, or no account is linked to it.',
        todo: 'check the reader and the certificate you chose. Without a linked account, sign in with your password, then link the card under “My account”.',
      },
      droits: {
        title: '“You may not do this”',
        what: 'Each role opens certain acts. An administrator of an organisation acts on that organisation only; nobody deactivates their own account, and the last administrator cannot be removed.',
        todo: 'ask the administrator of your organisation or the national administrator.',
      },
      'page-depassee': {
        title: 'The page is out of date',
        what: 'Another screen or another person changed or removed the thing since the page was opened. Nothing is overwritten.',
        todo: 'reload the page, look at what changed, then start again if it is still of use.',
      },
      saisie: {
        title: 'A field is not accepted',
        what: 'A field is empty, too long or not of the form that is expected, or its value is already taken.',
        todo: 'read the help by the field, correct it, then send again. What you typed is kept.',
      },
      service: {
        title: 'The service does not answer or goes wrong',
        what: 'Many people sign in at once, the network is cut, a way to sign in is down, or we made a mistake.',
        todo: 'wait a moment, try again, or take another way to sign in. If the page gives a reference, give it to support.',
      },
    },
  },
  card: {
    page: {
      title: 'Help with the card',
      lead: 'Your card is not read, or not accepted? Check these points in order.',
      readerTitle: 'The reader',
      reader:
        'The reader is plugged in and its light is on; the card is fully inserted, chip the right way. Unplug the reader and plug it in again if nothing happens.',
      softwareTitle: 'The software of the card',
      software:
        'Cryptolib CPS, or ATSAM which replaces it, must be installed on this computer. After an installation, close every tab of the browser and open it again.',
      pinTitle: 'The PIN of the card',
      pin: 'It is the 4-digit code that came by post. After three errors the card is blocked: the unblocking code that came with it opens it again. Portillon never knows this code.',
      certificateTitle: 'The certificate',
      certificate:
        'If the browser offers several, take the authentication one, in your name. If you gave up, the browser does not ask again before it is closed and opened.',
      expiredTitle: 'Card out of date, replaced or lost',
      expired:
        'A card has an end date, and the old one is no good as soon as the new one is active. If it is lost, have it revoked by the Agence du Numérique en Santé: it is then refused here too.',
      accountTitle: 'Card accepted, but no account',
      account:
        'Sign in with your password and a code, then link the card under “Administration”, “My account”. The administrator of your organisation can do it too.',
      otherTitle: 'Without a card',
      other: 'The e-CPS, through Pro Santé Connect, and the password with a code still work.',
      back: 'Back to sign-in',
    },
  },
};
