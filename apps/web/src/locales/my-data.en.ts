import type { myDataFr } from './my-data.fr';

export const myDataEn: typeof myDataFr = {
  email: {
    title: 'Email address',
    current: 'Your messages come to',
    label: 'New email address',
    help: 'A code will be sent there. The address changes once you enter it; the old one will be told, and your other sessions will be closed.',
    missing: 'Enter the new address.',
    invalid: 'This address is not complete. Check it, for example first.last@example.org.',
    submit: 'Change the address',
    dialogTitle: 'Verification of your new address',
    dialogText: 'Nothing changes until the code is entered.',
    changed: 'Your address is changed. Your other sessions and recognised browsers were closed.',
  },
  data: {
    title: 'My data',
    lead: 'See what the service keeps of you, and ask for it to be erased.',
    privacy: 'What is kept, why and how long',
    exportTitle: 'Download my data',
    exportText:
      'A file of everything that is kept of you: account, sessions, recognised browsers, the journal of a year, messages sent without their content.',
    exportHelp:
      'The file is in JSON, which a text editor can read. On a shared computer, delete it once you have taken it away.',
    export: 'Download the file',
    exporting: 'Preparing the file…',
    exported: 'The file is downloaded.',
    fileName: 'portillon-my-data.json',
    eraseTitle: 'Erase my account',
    eraseText: 'You can ask for your account to be erased.',
    eraseWho: 'An administrator confirms your request. Until then, nothing changes and you can take it back.',
    eraseWhat:
      'Then name, address, number, password and links are erased for ever. You will not be able to sign in any more.',
    eraseKept: 'The security journal keeps its lines until their term, under a pseudonym.',
    erase: 'Ask for erasure',
    confirmTitle: 'Ask for your account to be erased?',
    confirmText:
      'An administrator will be asked to confirm. You can take the request back until that is done; afterwards, nothing can be recovered.',
    confirm: 'Ask for erasure',
    requestedAt: 'You asked for your account to be erased on {time}.',
    requestedHelp: 'An administrator has to confirm it. Until then, your account stays open.',
    withdraw: 'Take my request back',
    outcome: {
      requested: 'Your request is recorded.',
      withdrawn: 'Your request is taken back: your account stays as it is.',
    },
  },
};
