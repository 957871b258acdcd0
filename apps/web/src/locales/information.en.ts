import type { informationFr } from './information.fr';

export const informationEn: typeof informationFr = {
  accessibility: {
    title: 'Accessibility: not compliant',
    status:
      'Portillon is not yet compliant with the French accessibility reference (RGAA 4.1), because no audit has been made yet. This does not mean that the pages cannot be used: they are designed for the keyboard, screen readers, 400 % zoom and small screens, and checked by automatic tools, which do not see everything.',
    helpTitle: 'Any difficulty?',
    help: 'If you cannot sign in or use a page, write to the administrator of your organisation or to the support: another way will be offered to you.',
    rightsTitle: 'Your remedies',
    rights:
      'If you get no satisfactory answer, you can write to the Défenseur des droits (the French rights defender).',
    rightsLink: 'Site of the Défenseur des droits',
    updated: 'Page written on 24 November 2026.',
  },
  legal: {
    title: 'Legal notice',
    editorTitle: 'Publisher and host',
    editor:
      'This service is run by the body that installed it. Its contact details, those of the publication director and of the host are for that body to fill in before opening to the public.',
    softwareTitle: 'Software',
    software:
      'Portillon is free software under the MIT licence. Typeface: Atkinson Hyperlegible Next by the Braille Institute, under the SIL OFL. Icons: Lucide, under the ISC licence.',
  },
  privacy: {
    title: 'Personal data',
    whatTitle: 'What is kept, and why',
    what: 'To recognise you and protect your account: your name, your user name, your organisation, your email address and, if you give it, your mobile number. It is used only to send you codes, and goes away with your account.',
    journal:
      'Sign-ins and security acts are recorded for 12 months at most, without code or password. Codes and ended sign-ins are erased within days.',
    cookiesTitle: 'Cookies',
    cookies:
      'Three cookies, all necessary: the current sign-in, the entry of the code, and the browser recognised for 24 hours at most. The chosen language is kept in the browser. No audience measurement, no advertising, no call to another site.',
    rightsTitle: 'Your rights',
    rights:
      'You can ask the administrator of your organisation to see, correct or erase your data. You can also turn to the CNIL, the French data protection authority.',
    rightsLink: 'Site of the CNIL',
  },
};
