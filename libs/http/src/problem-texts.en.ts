import type { FieldTexts, ProblemTexts } from './problem-texts';

export const englishTexts: ProblemTexts = {
  'credentials.rejected': {
    title: 'Credentials rejected',
    detail:
      'The user name or the password is not right. Check them, or ask the administrator of your structure.',
  },
  'attempts.exceeded': {
    title: 'Too many attempts',
    detail: 'Too many attempts were made. Wait for the time shown, then try again.',
  },
  'sign-in.required': {
    title: 'Sign in again',
    detail: 'No sign-in is in progress in this browser. Enter your user name and password again.',
  },
  'code.required': {
    title: 'Code required',
    detail: 'Your last code was given more than 24 hours ago. Ask for a new code to go on.',
  },
  'code.rejected': {
    title: 'Code rejected',
    detail: 'This is not the right code. Check the reference of the message and enter the latest code.',
  },
  'code.expired': { title: 'Code expired', detail: 'This code is no longer valid. Ask for a new code.' },
  'code.exhausted': {
    title: 'Code blocked',
    detail:
      'Too many wrong codes were entered. Ask for a new code; if that is not enough, ask the administrator of your structure.',
  },
  'resend.too-soon': {
    title: 'Too soon for a new code',
    detail: 'A code was sent just now. Wait for the time shown before asking for another.',
  },
  'channel.unavailable': {
    title: 'Channel unavailable',
    detail:
      'This way of receiving codes is not available to you. Choose the other, or first verify your mobile number under “My account”.',
  },
  'delivery.failed': {
    title: 'Message not sent',
    detail: 'The message could not be sent. Ask for a new code or choose another way of receiving it.',
  },
  'session.required': {
    title: 'Sign-in required',
    detail: 'You are not signed in, or your session has ended. Sign in to go on.',
  },
  'reauthentication.required': {
    title: 'Confirmation required',
    detail: 'This action is sensitive: confirm who you are with a new code, then try again.',
  },
  'origin.refused': {
    title: 'Origin refused',
    detail: 'This request does not come from Portillon’s own site. Open the service at its usual address.',
  },
  'permission.denied': {
    title: 'Not allowed',
    detail: 'Your rights do not allow this. Ask the administrator of your structure.',
  },
  'not-found': { title: 'Not found', detail: 'What you ask for does not exist, or no longer does.' },
  'method.not-allowed': {
    title: 'Method not allowed',
    detail: 'This address is not used that way. See the API documentation.',
  },
  'validation.failed': {
    title: 'Input to correct',
    detail: 'One or more values are not right. Correct them, then try again.',
  },
  'request.malformed': {
    title: 'Unreadable request',
    detail: 'The request is not valid HTTP, or did not arrive whole. Try again.',
  },
  'headers.too-large': {
    title: 'Headers too large',
    detail:
      'The headers of the request are over 16 KiB. In a browser, clear the cookies of this site, then try again.',
  },
  'body.malformed': { title: 'Unreadable request', detail: 'The body of the request is not valid JSON.' },
  'body.too-large': { title: 'Request too large', detail: 'The body of the request is over 64 KiB.' },
  'media-type.unsupported': {
    title: 'Unsupported media type',
    detail: 'The body of the request must be JSON (application/json).',
  },
  'phone.invalid': {
    title: 'Wrong number',
    detail: 'This phone number does not exist. Check it, for example: 06 12 34 56 78.',
  },
  'phone.not-mobile': {
    title: 'Not a mobile number',
    detail: 'This is not the number of a mobile phone. Give one that receives text messages.',
  },
  'phone.country-not-allowed': {
    title: 'Country not supported',
    detail: 'Text messages are sent only to numbers of mainland and overseas France.',
  },
  'phone.missing': {
    title: 'No number',
    detail: 'No mobile number is recorded. Enter one, then verify it.',
  },
  'phone.already-verified': {
    title: 'Number already verified',
    detail: 'This number is verified already: there is nothing to do.',
  },
  'password.weak': {
    title: 'Password too weak',
    detail:
      'Choose 12 characters of 4 kinds, or 14 characters, or 7 words; no common password, not your name.',
  },
  'password.wrong': {
    title: 'Password rejected',
    detail: 'The current password is not right. Enter it again.',
  },
  'password.required': {
    title: 'Password needed',
    detail:
      'Only a sign-in with password and code may link a card or an e-CPS. Sign out, then sign in that way.',
  },
  'token.rejected': {
    title: 'Link rejected',
    detail: 'This link was used already or is no longer valid. Ask for a new one.',
  },
  'certificate.missing': {
    title: 'No card read',
    detail: 'No card was presented. Insert your card and try again, or choose another way to sign in.',
  },
  'certificate.rejected': {
    title: 'Card rejected',
    detail:
      'This card cannot be used here. Choose another way to sign in, or ask the administrator of your structure.',
  },
  'identity.rejected': {
    title: 'Identity not confirmed',
    detail: 'Pro Santé Connect did not confirm who you are. Try again or choose another way to sign in.',
  },
  'account.not-linked': {
    title: 'No linked account',
    detail: 'No account is linked to this identity. Ask the administrator of your structure.',
  },
  'account.already-linked': {
    title: 'Cannot be linked',
    detail:
      'This card or e-CPS is linked to another account already, or your account to another identity. Ask the administrator of your structure.',
  },
  'means.unavailable': {
    title: 'Way of signing in unavailable',
    detail: 'This way of signing in does not answer or is not offered. Choose another.',
  },
  'precondition.failed': {
    title: 'Changed in the meantime',
    detail:
      'Somebody changed this since you opened it. Nothing was overwritten: reload it, then make your change again.',
  },
  'precondition.required': {
    title: 'Version missing',
    detail: 'This change must say which version it saw (header If-Match).',
  },
  'act.on-self': {
    title: 'Not on your own account',
    detail: 'This act cannot be done on your own account. Ask another administrator.',
  },
  'administrator.last': {
    title: 'Last national administrator',
    detail:
      'This is the last active national administrator: nobody could administer the service any more. Appoint another one first.',
  },
  'account.taken': {
    title: 'Already taken',
    detail:
      'Another account has this user name or this national id already. Choose another one, or look for that account.',
  },
  'account.state': {
    title: 'Not for this account as it is',
    detail: 'The present state of this account does not allow this act. Reload the page of the account.',
  },
  'structure.taken': {
    title: 'Structure already there',
    detail: 'Another structure has this name, this FINESS or this SIRET already.',
  },
  'import.state': {
    title: 'Not for this import as it is',
    detail: 'The present state of this import does not allow this act. Reload its page.',
  },
  'service.busy': {
    title: 'Service unavailable for a moment',
    detail: 'The service cannot answer right now. Nothing is lost: try again in a few seconds.',
  },
  internal: {
    title: 'Unexpected error',
    detail: 'Something went wrong. Try again; if it happens again, give the request id to support.',
  },
};

export const englishFields: FieldTexts = {
  required: 'This field is required.',
  type: 'This value is not of the expected type.',
  choice: 'This value is not one of the possible choices.',
  'too-long': 'This value is too long.',
  format: 'This value is not of the expected form.',
  encoding: 'The file is not a text that can be read: save it as CSV UTF-8.',
  header: 'The first line must name the columns: username, email and name.',
  double: 'An earlier line of the file says the same.',
  taken: 'This value is taken already.',
  'unknown-field': 'This field is not known.',
  wrong: 'This value is not right.',
  'too-short': 'This password is too short.',
  'too-simple': 'This password is too simple: add kinds of characters or length.',
  'too-common': 'This password is among the most common or has leaked.',
  personal: 'This password contains your name or address.',
  'service-name': 'This password contains the name of the service.',
};
