import type { helpFr } from './help.fr';

export const helpEn: typeof helpFr = {
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
