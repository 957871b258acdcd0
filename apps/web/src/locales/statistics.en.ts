import type { statisticsFr } from './statistics.fr';

export const statisticsEn: typeof statisticsFr = {
  statistics: {
    title: 'Statistics',
    lead: 'Sign-ins, codes, locks and refusals, without any person’s name: what a yearly statement needs.',
    filters: 'Organisation and period',
    everyStructure: 'All organisations together when none is chosen.',
    byLabel: 'One bar for each',
    by: { month: 'Month', day: 'Day' },
    show: 'Show',
    span: 'The first date has to come before the second: a year at most by day, ten years by month.',
    summary: 'In short',
    calendar: 'Days of Paris. The figures are a minute late at most.',
    figures: {
      signIns: 'sign-ins',
      sent: 'codes sent',
      used: 'of the codes sent were used',
      expired: 'codes entered too late',
      locks: 'locks',
      refusals: 'sign-ins refused',
    },
    charts: {
      signIns: 'Sign-ins by means',
      sent: 'Codes sent',
      codes: 'What becomes of the codes',
      refusals: 'Refusals and locks',
      delays: 'Time between sending a code and entering it',
    },
    help: {
      signIns:
        'A password followed by a code, or alone in a browser recognised already; Pro Santé Connect; the card.',
      sent: 'Emails and text messages that left, at sign-in or to confirm an act.',
      codes: 'One code may be refused and then used.',
      refusals: 'Sign-ins refused by means, and locks after too many tries.',
      delays: 'Codes used, over the whole period. Codes entered late often tell of slow messages.',
    },
    series: {
      signIns: {
        passwordEmail: 'Password and email',
        passwordSms: 'Password and text message',
        passwordRemembered: 'Recognised browser',
        proSanteConnect: 'Pro Santé Connect',
        cpx: 'CPx card',
      },
      sent: { email: 'Email', sms: 'Text message' },
      codes: { used: 'Used', expired: 'Entered too late', refused: 'Refused' },
      refusals: {
        password: 'Password refused',
        proSanteConnect: 'Pro Santé Connect refused',
        cpx: 'Card refused',
        lockPassword: 'Password locked',
        lockCode: 'Codes locked',
      },
    },
    delay: { first: 'Time', codes: 'Codes used', upTo: '≤ {time}', more: '> {time}' },
    period: { month: 'Month', day: 'Day' },
    total: 'Total',
    nothing: 'Nothing in this period.',
    table: 'Table: {chart}',
    exportText: 'All the figures above, one line for each period, for a spreadsheet.',
    fileName: 'portillon-sign-ins',
  },
};
