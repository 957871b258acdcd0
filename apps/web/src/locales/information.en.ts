import type { informationFr } from './information.fr';

/** Accessibility, legal notice, personal data. */
export const informationEn: typeof informationFr = {
  accessibility: {
    title: 'Accessibility: not compliant',
    status:
      'Portillon does not yet comply with the French accessibility framework (RGAA 4.1), because no audit has been made so far. This does not mean that the pages cannot be used: here is what was checked, and what was not.',
    testedTitle: 'What was checked',
    tested: {
      axe: 'Every page and every dialog, in French and in English, light and dark, with the automatic tool axe (WCAG 2.2, levels A and AA), at each change of the software. Such a tool sees a part of the faults only.',
      keyboard:
        'The sign-in and the pages of the account, with the keyboard alone, with a focus that always shows.',
      zoom: 'The layout at 320 pixels wide and at 400 % of zoom, without scrolling sideways, except in tables of figures.',
      contrast: 'A text contrast computed at 7:1 at least, and nothing told by colour alone.',
      motion: 'No animation when your system asks to reduce them.',
    },
    untestedTitle: 'What was not checked',
    untested: {
      reader:
        'No complete trial with a screen reader (NVDA, JAWS, VoiceOver, TalkBack), nor with voice control.',
      people: 'No trial by people with disabilities.',
      audit: 'No audit by a third party of the 106 criteria of the RGAA.',
      others:
        'Pro Santé Connect, and the window of the browser that asks for the card, do not depend on Portillon.',
    },
    helpTitle: 'A difficulty?',
    help: 'If you cannot sign in or use a page, write to the administrator of your organisation or to support: another way will be offered to you.',
    rightsTitle: 'Your recourse',
    rights: 'If you get no satisfactory answer, you can write to the Défenseur des droits.',
    rightsLink: 'Site of the Défenseur des droits',
    updated: 'Page written on 24 November 2026.',
  },
  legal: {
    title: 'Legal notice',
    editorTitle: 'Publisher and host',
    editor:
      'This service is run by the body that installed it. Its contact details, those of the publication director and of the host are for that body to complete before any opening to the public.',
    contactTitle: 'Contact',
    contact: 'For your account, ask the administrator of your organisation. For the service itself:',
    noContact: 'the operator has not given an address for support yet.',
    softwareTitle: 'Software',
    software:
      'Portillon is free software under the MIT licence, provided without warranty. Typeface: Atkinson Hyperlegible Next, by the Braille Institute, under the SIL OFL licence. Icons: Lucide, under the ISC licence.',
    useTitle: 'Use',
    use: 'The service is for people whose organisation opened an account for them. An account is personal: lend neither password, nor code, nor card. Sign-ins and security acts are noted in a journal.',
  },
  privacy: {
    title: 'Personal data',
    lead: 'The body that runs this service is responsible for it; its contact details are in the legal notice. Portillon keeps only what serves to open the gate to the right people, and no health data.',
    whatTitle: 'What is kept, why, how long',
    howLong: 'How long:',
    defaults:
      'These are the times of the software: what is too old is deleted without anybody having to do it.',
    cookiesTitle: 'Cookies',
    cookies:
      'Only those that are necessary: your session, the sign-in under way (15 minutes at most, with Pro Santé Connect too), and the recognised browser (24 hours at most). The language you chose is kept in the browser. No audience measurement, no advertising, no call to another site.',
    rightsTitle: 'Your rights',
    see: 'To see and take away: “My data”, under “My account”, gives a file of everything that is kept of you.',
    correct:
      'To correct: your address and your number under “My account”, the rest with the administrator of your organisation.',
    erase:
      'To erase: ask under “My data”. An administrator confirms it; until then you can take it back. The journal keeps a pseudonym.',
    object:
      'For anything else, ask the data protection officer of the body that runs the service. You can also turn to the CNIL.',
    rightsLink: 'Site of the CNIL',
    kept: {
      account: {
        title: 'Your account',
        what: 'Name, user name, organisation, role, email address, language and, if you use a card or Pro Santé Connect, national identifier. They serve to recognise you and to write to you.',
        time: 'Until the account is erased. An account that was not used for 6 months is blocked; you are told 30 days and 7 days before.',
      },
      password: {
        title: 'Your password',
        what: 'Only a digest (Argon2id) from which it cannot be found again.',
        time: 'Until the next password, or until the account is erased.',
      },
      phone: {
        title: 'Your mobile number',
        what: 'If you give it: encrypted, it only serves to send you codes. Nobody sees it whole, not even an administrator.',
        time: 'Until you remove it, or until the account is erased.',
      },
      codes: {
        title: 'Codes and sign-ins under way',
        what: 'Only a digest of the code, with the way, the reference and the time of sending.',
        time: '24 hours after their end. A code is good for 10 minutes.',
      },
      sessions: {
        title: 'Sessions and recognised browsers',
        what: 'Time, network address, name of the browser: so that you can see them and close them.',
        time: '30 days after their end, without anything that could open them again.',
      },
      links: {
        title: 'Links and invitations',
        what: 'Only a digest of the link.',
        time: 'A password link is good for an hour, an invitation for 7 days; each works once.',
      },
      messages: {
        title: 'Messages sent',
        what: 'Emails and text messages go through the providers that the operator chose: they receive the address or the number, and the text.',
        time: 'The content is wiped as soon as the message left or failed. A line without content, with a digest of the destination, stays for 30 days.',
      },
      journal: {
        title: 'The security journal',
        what: 'Sign-ins, refusals and security acts: who, when, from where, with what result, never a code or a password. The administrators of your organisation read it, and cannot change it.',
        time: '12 months. After an erasure, it keeps a pseudonym in place of your name.',
      },
      imports: {
        title: 'Files of accounts',
        what: 'If an administrator registered several people by a file: what its line says of you, to know what became of it.',
        time: '30 days, or until the account is erased.',
      },
      statistics: {
        title: 'Statistics',
        what: 'Numbers by organisation and by day, without any person’s name.',
        time: 'As long as the organisation needs them.',
      },
    },
  },
};
