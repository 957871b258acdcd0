import { channelOf } from '@portillon/kernel';
import type { NoticeFacts, NoticeTexts } from './notice.texts.types';
import { FEW_LEFT } from './security-notice.types';

const TELL = 'tell the administrator of your structure at once';
const CHANGE = `change your password under “My account”, end your other sessions there, and ${TELL}`;
const NOT_YOU = 'If it was not you,';
const UNEXPLAINED = `If nothing explains it, ${TELL}.`;
const FINE = 'If it was you, there is nothing to do.';

function englishLeft(left: number): string {
  if (left === 0) return 'It was the last one: you have none left.';
  return left === 1 ? 'You have one left.' : `You have ${left} left.`;
}

/** An answer to an incident, for every national administrator: a person wrongly named as a decider can object. */
function englishAnswer(done: string, { structure, deciders = [] }: NoticeFacts): string {
  const whose = structure ? `It concerns the people of ${structure} alone.` : 'It concerns everybody.';
  const said =
    deciders.length > 0
      ? `Decided, the operator says, by ${deciders.join(' and ')}.`
      : 'Nobody is named as having decided it.';
  return `${done} ${whose} ${said}`;
}

const ANSWERED =
  'The reason is in the journal. If you knew nothing of it, or are named without having decided it, tell the operator and the other national administrators at once.';

export const englishNotices: NoticeTexts = {
  account: 'Account',
  when: 'On',
  by: 'By',
  administrator: 'an administrator',
  address: 'Network address',
  browser: 'Browser',
  times: 'How often',
  since: (occurrences, firstAt) => `${occurrences} times since ${firstAt}`,
  report: `${FINE} ${NOT_YOU} report it: all your sessions then end, your password is blocked until you choose another, and your administrator is notified.`,
  reportLabel: 'This was not me',
  reportUntil: (until) =>
    `This link works once, until ${until}. It does not open your account and asks for no code and no password.`,
  never:
    'This message asks for no code and no password and has no link: open the service at its usual address.',
  kinds: {
    'new-browser': ({ service }) => ({
      subject: 'sign-in from a new browser',
      title: 'Sign-in from a new browser',
      sentence: `Someone signed in to ${service} with your password and a code, in a browser where you had not done so before.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'browser-reuse': ({ service }) => ({
      subject: 'a browser was forgotten for safety',
      title: 'A browser was forgotten for safety',
      sentence: `${service} was shown an old copy of what recognises one of your browsers. That browser is no longer recognised: it will ask for a code.`,
      whatToDo: `A restored backup can explain this. If nothing does, ${CHANGE}.`,
    }),
    'password-changed': ({ service, by }) => ({
      subject: 'your password was changed',
      title: 'Your password was changed',
      sentence: `The password of your ${service} account was changed. Other sessions have ended, and a code will be asked for everywhere.`,
      whatToDo: `${FINE} ${by ? 'Otherwise,' : NOT_YOU} choose “Forgotten password” on the sign-in page, and ${TELL}.`,
    }),
    'password-renewal': ({ service }) => ({
      subject: 'choose a new password',
      title: 'Choose a new password',
      sentence: `To protect your ${service} account, your password no longer works: a security incident asks for it.`,
      whatToDo: `When you next sign in, choose “Forgotten password” on the sign-in page, then a password that you use nowhere else.`,
    }),
    'mail-changed': ({ service }) => ({
      subject: 'your mail address was changed',
      title: 'Your mail address was changed',
      sentence: `Your ${service} account no longer uses this address: its messages and codes now go to another one.`,
      whatToDo: `${FINE} ${NOT_YOU} ${TELL}: nobody else can restore your address.`,
    }),
    'mail-replaced': ({ service }) => ({
      subject: 'an administrator replaced your mail address',
      title: 'An administrator replaced your mail address',
      sentence: `Your ${service} account no longer uses this address: its messages and codes now go to another one.`,
      whatToDo: `If you asked for it, there is nothing to do. Otherwise, ${TELL}: nobody else can restore your address.`,
      report:
        'If you asked for it, there is nothing to do. Otherwise, report it: the administrators are notified and check the account. Your report ends no session and leaves the password as it is.',
    }),
    'mail-change-requested': ({ service, until }) => ({
      subject: 'your mail address is about to be changed',
      title: 'Your mail address is about to be changed',
      sentence: `An administrator asked that your ${service} account use another address than this one. That takes effect ${until ? `on ${until}` : 'in 24 hours'} at the latest, or as soon as a second administrator confirms it. Until then, messages and codes come here.`,
      whatToDo: `If you expect this, there is nothing to do. Otherwise, ${TELL}: any administrator can cancel it.`,
    }),
    'identity-link-requested': ({ service, until }) => ({
      subject: 'a card or an e-CPS is going to be linked to your account',
      title: 'A card or an e-CPS is going to be linked to your account',
      sentence: `An administrator asked that a CPx card or an e-CPS open your ${service} account. This takes effect ${until ? `on ${until}` : 'in 24 hours'} at the latest, or as soon as a second administrator has confirmed it.`,
      whatToDo: `If it is your card or e-CPS and you expect this, you have nothing to do. Otherwise ${TELL}: any administrator can cancel this change.`,
    }),
    'rights-change-requested': ({ service, until }) => ({
      subject: 'your account is going to administer the service',
      title: 'Your account is going to administer the service',
      sentence: `An administrator asked for a right to administer for your ${service} account, soon after its address, its card or a way of signing in was changed there. This takes effect ${until ? `on ${until}` : 'in 24 hours'} at the latest, or as soon as a second administrator has confirmed it.`,
      whatToDo: `If you expect this, you have nothing to do. Otherwise ${TELL}: any administrator can cancel this change.`,
    }),
    'erasure-requested': ({ service, until }) => ({
      subject: 'your account is about to be erased',
      title: 'Your account is about to be erased',
      sentence: `An administrator noted your request that your ${service} account be erased. The account and whatever names you are erased for ever ${until ? `on ${until}` : 'in 24 hours'} at the latest, or as soon as a second administrator confirms it.`,
      whatToDo: `If you asked for it, or left your structure, there is nothing to do. Otherwise, ${TELL}: any administrator can still cancel the erasure.`,
    }),
    'erasure-due': ({ service, until }) => ({
      subject: 'your deactivated account is about to be erased',
      title: 'Your deactivated account is about to be erased',
      sentence: `Your ${service} account has been deactivated for a long time. The account and whatever names you are erased for ever${until ? ` on ${until}` : ' in 30 days'}.`,
      whatToDo:
        'If you need it no more, there is nothing to do. To keep it, ask the administrator of your structure before that day to reactivate it.',
    }),
    'phone-added': ({ service }) => ({
      subject: 'a phone number was added',
      title: 'A phone number was added',
      sentence: `A mobile number was added to your ${service} account. It receives codes once it is verified, if you choose so.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'phone-changed': ({ service }) => ({
      subject: 'your phone number was changed',
      title: 'Your phone number was changed',
      sentence: `The mobile number of your ${service} account was changed. Codes come by mail again.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'phone-removed': ({ service, by }) => ({
      subject: 'your phone number was deleted',
      title: 'Your phone number was deleted',
      sentence: `The mobile number of your ${service} account was deleted. Codes come by mail again.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'channel-changed': ({ service, channel }) => ({
      subject: 'your codes come another way',
      title: 'Your codes come another way',
      sentence: `The codes of your ${service} account now come by ${channelOf(channel ?? 'EMAIL').text.en}.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'account-locked': ({ service, until }) => ({
      subject: 'your account is blocked for a while',
      title: 'Your account is blocked for a while',
      sentence: `Too many wrong passwords or codes were entered for your ${service} account. Signing in is blocked${until ? ` until ${until}` : ' for a while'}.`,
      whatToDo: `If it was you, wait, or ask the administrator of your structure. Otherwise somebody is trying to get in: ${TELL}.`,
    }),
    'codes-exhausted': ({ service }) => ({
      subject: 'wrong codes',
      title: 'Too many wrong codes',
      sentence: `Your ${service} password was entered, then several wrong codes. The latest code sent is no longer valid.`,
      whatToDo: `If it was you, ask for another code. Otherwise somebody knows your password: ${CHANGE}.`,
    }),
    'identity-linked': ({ service, by }) => ({
      subject: 'a card or an e-CPS is linked to your account',
      title: 'A card or an e-CPS is linked to your account',
      sentence: `A CPx card or an e-CPS now opens your ${service} account, without password or code.`,
      whatToDo: `${FINE} ${by ? 'Otherwise,' : NOT_YOU} undo this link under “My account”, and ${TELL}.`,
    }),
    'identity-unlinked': ({ service, by }) => ({
      subject: 'no card and no e-CPS is linked to your account any more',
      title: 'No card and no e-CPS is linked to your account any more',
      sentence: `Your CPx card and your e-CPS no longer open your ${service} account. The password and the code remain.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'identity-verified': ({ service }) => ({
      subject: 'your identity was verified',
      title: 'Your identity was verified',
      sentence: `An administrator attested that they verified your identity face to face, for your ${service} account.`,
      whatToDo: UNEXPLAINED,
    }),
    'identity-asked': ({ service }) => ({
      subject: 'have your identity verified',
      title: 'Have your identity verified',
      sentence: `The identity of the person who uses your ${service} account was not verified yet, or is to be verified again, which is asked for every three years.`,
      whatToDo:
        'Sign in with Pro Santé Connect or your card, or link them under “My account”. If you have none, show an identity document to the administrator of your structure.',
    }),
    'passkey-added': ({ service }) => ({
      subject: 'a passkey opens your account',
      title: 'A passkey opens your account',
      sentence: `A passkey was added to your ${service} account: it opens it without a password or a code.`,
      whatToDo: `${FINE} ${NOT_YOU} delete it under “My account”, then ${CHANGE}.`,
    }),
    'passkey-renamed': ({ service }) => ({
      subject: 'a passkey has another name',
      title: 'A passkey has another name',
      sentence: `A passkey of your ${service} account has another name. It opens your account as before.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'passkey-removed': ({ service, by }) => ({
      subject: 'a passkey no longer opens your account',
      title: 'A passkey no longer opens your account',
      sentence: by
        ? `All passkeys of your ${service} account were deleted.`
        : `A passkey was deleted from your ${service} account. Your other sessions have ended.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'passkey-misused': ({ service }) => ({
      subject: 'a passkey was refused',
      title: 'A passkey was refused',
      sentence: `A passkey of your ${service} account was presented in an old state: there may be a copy of it. The sign-in was refused.`,
      whatToDo: `Remove this passkey under “My account”, and ${TELL}.`,
    }),
    'passkey-ended': ({ service }) => ({
      subject: 'a passkey no longer opens your account',
      title: 'A passkey no longer opens your account',
      sentence: `A passkey of your ${service} account was deleted. Your sessions have ended, and a code will be asked for in each browser.`,
      whatToDo: UNEXPLAINED,
    }),
    'passkey-identity-proven': ({ service }) => ({
      subject: 'your identity is attested for a passkey',
      title: 'Your identity is attested for a passkey',
      sentence: `Your identity was verified face to face for a passkey of your ${service} account: it opens what asks for a verified identity.`,
      whatToDo: UNEXPLAINED,
    }),
    'totp-added': ({ service }) => ({
      subject: 'an authenticator app gives your codes',
      title: 'An authenticator app gives your codes',
      sentence: `An authenticator app was added to your ${service} account: its codes replace those that were sent to you. Your other sessions have ended.`,
      whatToDo: `${FINE} ${NOT_YOU} delete it under “My account”, then ${CHANGE}.`,
    }),
    'totp-removed': ({ service, by }) => ({
      subject: 'your authenticator app was deleted',
      title: 'Your authenticator app was deleted',
      sentence: `The authenticator app was deleted from your ${service} account. Your codes are sent to you again${by ? '' : ', and your other sessions have ended'}.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'recovery-codes-created': ({ service }) => ({
      subject: 'you have new recovery codes',
      title: 'You have new recovery codes',
      sentence: `Recovery codes were made for your ${service} account. Those that you had before open nothing any more, and your other sessions have ended.`,
      whatToDo: `${FINE} ${NOT_YOU} delete them under “My account”, then ${CHANGE}.`,
    }),
    'recovery-codes-ended': ({ service, by }) => ({
      subject: 'your recovery codes open nothing any more',
      title: 'Your recovery codes open nothing any more',
      sentence: `The recovery codes of your ${service} account were deleted. Destroy those that you printed${by ? '' : '; your other sessions have ended'}.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'recovery-code-used': ({ service, left = 0 }) => ({
      subject: 'a recovery code was used',
      title: 'A recovery code was used',
      sentence: `Someone entered your ${service} account with your password and a recovery code, to add a means of signing in. ${englishLeft(left)}`,
      whatToDo: `If it was you, cross that code out${left > FEW_LEFT ? '' : ', and make new ones under “My account”'}. ${NOT_YOU} ${CHANGE}.`,
    }),
    'username-changed': ({ service }) => ({
      subject: 'your user name was changed',
      title: 'Your user name was changed',
      sentence: `The user name of your ${service} account was changed. Sign in with the one below from now on; your password stays the same.`,
      whatToDo: UNEXPLAINED,
    }),
    'rights-changed': ({ service }) => ({
      subject: 'your rights were changed',
      title: 'Your rights were changed',
      sentence: `The role of your ${service} account was changed. It decides what you may administer there.`,
      whatToDo: UNEXPLAINED,
    }),
    'membership-opened': ({ service, structure = 'an organisation' }) => ({
      subject: 'your account joined an organisation',
      title: 'Your account joined an organisation',
      sentence: `You accepted that your ${service} account also serves ${structure}, whose rules apply to your sign-ins from now on.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'membership-ended': ({ service, structure = 'an organisation' }) => ({
      subject: 'a membership of your account has ended',
      title: 'A membership of your account has ended',
      sentence: `Your rights at ${structure} have ended. Your ${service} account stays open.`,
      whatToDo: UNEXPLAINED,
    }),
    'hand-over-requested': ({ service }) => ({
      subject: 'another organisation will manage your account',
      title: 'Another organisation will manage your account',
      sentence: `An administrator asked that another of your organisations manage your ${service} account. This takes effect as soon as it agrees.`,
      whatToDo: `If you expect this, you have nothing to do. Otherwise ${TELL}: they can cancel this request.`,
    }),
    'account-handed-over': ({ service, structure = 'Another organisation' }) => ({
      subject: 'another organisation manages your account',
      title: 'Another organisation manages your account',
      sentence: `${structure} now manages your ${service} account: turn to it to have the account unblocked or changed.`,
      whatToDo: UNEXPLAINED,
    }),
    'account-unlocked': ({ service }) => ({
      subject: 'your account is unblocked',
      title: 'Your account is unblocked',
      sentence: `Signing in to your ${service} account is unblocked: wrong passwords and wrong codes no longer count.`,
      whatToDo: `If you asked for it, sign in. Otherwise somebody may be trying to get in: ${TELL}.`,
    }),
    'account-closed': ({ service }) => ({
      subject: 'your account is closed',
      title: 'Your account is closed',
      sentence: `Your ${service} account was closed. Its sessions have ended and nothing opens it any more.`,
      whatToDo: `Only an administrator can reopen it. ${UNEXPLAINED}`,
    }),
    'emergency-access': ({ service, until, about }) => ({
      subject: about ? `emergency access for ${about}` : 'emergency access to your account',
      title: about ? `Emergency access for ${about}` : 'Emergency access to your account',
      sentence: `An administrator opened emergency access to ${about ? `the ${service} account of ${about}` : `your ${service} account`}${until ? `, until ${until}` : ''}.`,
      whatToDo: about
        ? 'If nothing explains it, close this access under “Administration” and ask why it was opened.'
        : `If you did not ask for it, ${TELL}.`,
    }),
    'long-absence': ({ service, until }) => ({
      subject: 'your account will be deactivated for want of use',
      title: 'Your account will be deactivated for want of use',
      sentence: `You have not signed in to ${service} for a long time. Unless you do${until ? ` before ${until}` : ''}, your account will be deactivated.`,
      whatToDo:
        'To keep it, sign in once, at the usual address of the service. Once it is deactivated, only the administrator of your structure can reactivate it.',
    }),
    'moved-password-ending': ({ service, until }) => ({
      subject: 'your former password will stop being valid',
      title: 'Your former password will stop being valid',
      sentence: `The password of your former service still opens ${service}. Unless you sign in${until ? ` before ${until}` : ''}, it will no longer be valid.`,
      whatToDo:
        'To keep it, sign in once, at the usual address of the service. After that date, choose another with “Forgotten password?”.',
    }),
    'event-reported': ({ service }) => ({
      subject: 'sessions ended, password blocked',
      title: 'Sessions ended, password blocked',
      sentence: `A reader of the mails of your ${service} account reported an event: “This was not me”. All sessions have ended and the password is blocked. The address from before the event is restored; the number and means of signing in that were added in the last week are deleted.`,
      whatToDo: `To choose a new password, use the link sent to that address. A CPx card or an e-CPS opens the account at once. If you did not report it, ${TELL}.`,
    }),
    'incident-sessions-ended': (facts) => ({
      subject: 'incident: sessions were ended',
      title: 'Incident: sessions were ended',
      sentence: englishAnswer(
        `The command line of ${facts.service} ended every session and forgot every browser.`,
        facts,
      ),
      whatToDo: ANSWERED,
    }),
    'incident-passwords-renewed': (facts) => ({
      subject: 'incident: new passwords are asked for',
      title: 'Incident: new passwords are asked for',
      sentence: englishAnswer(
        `The command line of ${facts.service} took the passwords: everybody chooses a new one.`,
        facts,
      ),
      whatToDo: ANSWERED,
    }),
  },
};
