import type { ErrorText, Locale } from '@portillon/kernel';
import type { Counted } from './send-limits';

/** Advice for a user whose code a limit stops, by limit. */
const DETAILS: Readonly<Record<Counted, Readonly<Record<Locale, string>>>> = {
  destination: {
    fr: 'Trop de codes vous ont été envoyés en peu de temps à cette adresse ou à ce numéro sans être saisis. Patientez le temps indiqué, demandez le code par l’autre canal s’il vous est proposé, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    en: 'Too many codes were sent to this address or number in a short time without being used. Wait until the time shown, request the code by the other channel if it is offered, or sign in with your card or Pro Santé Connect.',
  },
  'destination-proofs': {
    fr: 'Trois codes ont déjà été envoyés aujourd’hui à cette adresse ou à ce numéro pour vérifier qu’il est bien à vous. Patientez le temps indiqué, et vérifiez l’adresse ou le numéro. Vos codes de connexion arrivent comme avant.',
    en: 'Three codes were already sent today to verify this address or number. Wait until the time shown, and check the address or number. You still receive your sign-in codes.',
  },
  account: {
    fr: 'Vous avez demandé trop de codes en une journée sans les saisir. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    en: 'You requested too many codes in one day without using them. Wait until the time shown, or sign in with your card or Pro Santé Connect.',
  },
  'account-sms': {
    fr: 'Trente SMS vous ont déjà été envoyés en une journée. Demandez le code par mail, ou patientez le temps indiqué.',
    en: 'You have reached the limit of thirty text messages in one day. Request the code by email, or wait until the time shown.',
  },
  'address-block': {
    fr: 'Trop de codes demandés depuis votre réseau sont restés sans réponse. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect, et prévenez le service informatique de votre structure.',
    en: 'Too many codes requested from your network were not used. Wait until the time shown, or sign in with your card or Pro Santé Connect, and contact the IT department of your organisation.',
  },
  'number-prefix': {
    fr: 'Trop de SMS envoyés à des numéros voisins du vôtre sont restés sans réponse. Demandez le code par mail, ou patientez le temps indiqué.',
    en: 'Too many codes sent to numbers similar to yours were not used. Request the code by email, or wait until the time shown.',
  },
  'sms-budget': {
    fr: 'Le nombre de SMS prévu pour la journée est atteint. Demandez le code par mail.',
    en: 'The service has reached its daily limit of text messages. Request the code by email.',
  },
};

/** The problem document's words for a message that a limit stops. */
export function sendLimitWords(counted: Counted): Readonly<Record<Locale, ErrorText>> {
  const { fr, en } = DETAILS[counted];
  return {
    fr: { title: 'Trop de codes demandés', detail: fr },
    en: { title: 'Too many codes requested', detail: en },
  };
}
