import type { SettingsReader } from './sms-provider.types';

/** Senders that French operators accept: a name of letters and digits, or a number, which may be a short one. */
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/;
const NUMBER = /^(?:\+[1-9]\d{6,14}|\d{4,6})$/;
/** A personal mobile number: forbidden for automatic messages (Arcep, decision 2022-1583). */
const FRENCH_MOBILE = /^\+33[67]/;
/** Names that do not identify a sender (AF2M, charter of senders). */
const GENERIC = 'ALERT ALERTE ALERTES BANQUE CODE COLIS CONTACT INFO INFOS INFOSMS LIVRAISON MESSAGE '
  .concat('NOTIF OTP PROMO RAPPEL RDV SANTE SECURITE SERVICE SMS SMSINFO TEST URGENT')
  .split(' ');

/** Reads the sender of SMS: operators drop or overwrite invalid ones. */
export function smsSender(settings: SettingsReader, name: string): string | null {
  const sender = settings.text(name);
  if (sender === null) return null;
  if (!NAME.test(sender) && !NUMBER.test(sender))
    settings.refuse(
      name,
      'must be at most 11 letters and digits without space, one letter at least, or a number as +33… or a short one',
    );
  else if (GENERIC.includes(sender.toUpperCase()))
    settings.refuse(name, 'must name the service: operators in France drop a word that any sender could use');
  else if (FRENCH_MOBILE.test(sender))
    settings.refuse(name, 'must be no French mobile number (06, 07): they are forbidden to machines');
  return sender;
}
