import type { ErrorText, Locale } from '@portillon/kernel';
import type { Counted } from './send-limits';

/** Advice for a user whose code a limit stops, by limit. */
const DETAILS: Readonly<Record<Counted, Readonly<Record<Locale, string>>>> = {
  destination: {
    fr: 'Trop de codes vous ont été envoyés en peu de temps à cette adresse ou à ce numéro sans être saisis. Patientez le temps indiqué, demandez le code par l’autre canal s’il vous est proposé, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    en: 'Too many codes were sent to you at this address or number in a short time and were never entered. Wait for the time shown, ask for the code by the other channel if one is offered, or sign in with your card or Pro Santé Connect.',
  },
  'destination-proofs': {
    fr: 'Trois codes ont déjà été envoyés aujourd’hui à cette adresse ou à ce numéro pour vérifier qu’il est bien à vous. Patientez le temps indiqué, et vérifiez l’adresse ou le numéro. Vos codes de connexion arrivent comme avant.',
    en: 'Three codes have already been sent to this address or number today to check that it is yours. Wait for the time shown, and check the address or number. Your sign-in codes arrive as before.',
  },
  account: {
    fr: 'Vous avez demandé trop de codes en une journée sans les saisir. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    en: 'You have asked for too many codes in one day without entering them. Wait for the time shown, or sign in with your card or Pro Santé Connect.',
  },
  'account-sms': {
    fr: 'Trente SMS vous ont déjà été envoyés en une journée. Demandez le code par mail, ou patientez le temps indiqué.',
    en: 'Thirty text messages have already been sent to you in one day. Ask for the code by mail, or wait for the time shown.',
  },
  'address-block': {
    fr: 'Trop de codes demandés depuis votre réseau sont restés sans réponse. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect, et prévenez le service informatique de votre structure.',
    en: 'Too many codes asked for from your network were never entered. Wait for the time shown, or sign in with your card or Pro Santé Connect, and inform the IT department of your structure.',
  },
  'number-prefix': {
    fr: 'Trop de SMS envoyés à des numéros voisins du vôtre sont restés sans réponse. Demandez le code par mail, ou patientez le temps indiqué.',
    en: 'Too many text messages to numbers close to yours were never answered. Ask for the code by mail, or wait for the time shown.',
  },
  'sms-budget': {
    fr: 'Le nombre de SMS prévu pour la journée est atteint. Demandez le code par mail.',
    en: 'The number of text messages planned for the day has been reached. Ask for the code by mail.',
  },
};

/** The problem document's words for a message that a limit stops. */
export function sendLimitWords(counted: Counted): Readonly<Record<Locale, ErrorText>> {
  const { fr, en } = DETAILS[counted];
  return {
    fr: { title: 'Trop de codes demandés', detail: fr },
    en: { title: 'Too many codes asked for', detail: en },
  };
}
