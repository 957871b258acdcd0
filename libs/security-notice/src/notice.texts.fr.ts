import { channelOf } from '@portillon/kernel';
import type { NoticeFacts, NoticeTexts } from './notice.texts.types';
import { FEW_LEFT } from './security-notice.types';

const TELL = 'prévenez tout de suite l’administrateur de votre structure';
const CHANGE = `changez votre mot de passe dans «\u00a0Mon compte\u00a0», fermez-y vos autres sessions, et ${TELL}`;
const NOT_YOU = 'Si ce n’était pas vous,';
const UNEXPLAINED = `Si rien ne l’explique, ${TELL}.`;
const FINE = 'Si c’était vous, vous n’avez rien à faire.';

function frenchLeft(left: number): string {
  if (left === 0) return 'C’était le dernier\u00a0: il ne vous en reste aucun.';
  return left === 1 ? 'Il vous en reste un.' : `Il vous en reste ${left}.`;
}

/** An answer to an incident, for every national administrator: a person wrongly named as a decider can object. */
function frenchAnswer(done: string, { structure, deciders = [] }: NoticeFacts): string {
  const whose = structure
    ? `Seules les personnes de ${structure} sont concernées.`
    : 'Toute personne est concernée.';
  const said =
    deciders.length > 0
      ? `Décidé, dit l’exploitant, par ${deciders.join(' et ')}.`
      : 'Personne n’est nommé comme l’ayant décidé.';
  return `${done} ${whose} ${said}`;
}

const ANSWERED =
  'La raison est dans le journal. Si vous n’en saviez rien, ou si vous êtes nommé sans l’avoir décidé, prévenez tout de suite l’exploitant et les autres administrateurs nationaux.';

export const frenchNotices: NoticeTexts = {
  account: 'Compte',
  when: 'Le',
  by: 'Par',
  administrator: 'un administrateur',
  address: 'Adresse réseau',
  browser: 'Navigateur',
  times: 'Nombre de fois',
  since: (occurrences, firstAt) => `${occurrences} depuis le ${firstAt}`,
  report: `${FINE} ${NOT_YOU} signalez-le\u00a0: toutes vos sessions sont alors fermées, votre mot de passe est bloqué jusqu’à ce que vous en choisissiez un autre, et votre administrateur est prévenu.`,
  reportLabel: 'Ce n’était pas moi',
  reportUntil: (until) =>
    `Ce lien sert une fois, jusqu’au ${until}. Il n’ouvre pas votre compte et ne demande ni code ni mot de passe.`,
  never:
    'Ce message ne demande ni code ni mot de passe et ne contient aucun lien\u00a0: ouvrez le service à son adresse habituelle.',
  kinds: {
    'new-browser': ({ service }) => ({
      subject: 'connexion dans un nouveau navigateur',
      title: 'Connexion dans un nouveau navigateur',
      sentence: `Quelqu’un s’est connecté à ${service} avec votre mot de passe et un code, dans un navigateur où vous ne l’aviez pas encore fait.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'browser-reuse': ({ service }) => ({
      subject: 'un navigateur a été oublié par sécurité',
      title: 'Un navigateur a été oublié par sécurité',
      sentence: `${service} a reçu une copie ancienne de ce qui reconnaît l’un de vos navigateurs. Il n’est plus reconnu\u00a0: un code y sera demandé.`,
      whatToDo: `Cela peut venir d’une sauvegarde restaurée. Si rien ne l’explique, ${CHANGE}.`,
    }),
    'password-changed': ({ service, by }) => ({
      subject: 'votre mot de passe a été changé',
      title: 'Votre mot de passe a été changé',
      sentence: `Le mot de passe de votre compte ${service} a été changé. Les autres sessions sont fermées et un code sera demandé partout.`,
      whatToDo: `${FINE} ${by ? 'Sinon,' : NOT_YOU} choisissez «\u00a0Mot de passe oublié\u00a0» sur la page de connexion, et ${TELL}.`,
    }),
    'password-renewal': ({ service }) => ({
      subject: 'choisissez un nouveau mot de passe',
      title: 'Choisissez un nouveau mot de passe',
      sentence: `Pour protéger votre compte ${service}, votre mot de passe ne fonctionne plus\u00a0: un incident de sécurité le demande.`,
      whatToDo: `À votre prochaine connexion, choisissez «\u00a0Mot de passe oublié\u00a0» sur la page de connexion, puis un mot de passe qui ne sert qu’ici.`,
    }),
    'mail-changed': ({ service }) => ({
      subject: 'votre adresse e-mail a été changée',
      title: 'Votre adresse e-mail a été changée',
      sentence: `Votre compte ${service} n’utilise plus cette adresse\u00a0: ses messages et ses codes vont désormais à une autre.`,
      whatToDo: `${FINE} ${NOT_YOU} ${TELL}\u00a0: lui seul peut rétablir votre adresse.`,
    }),
    'mail-replaced': ({ service }) => ({
      subject: 'un administrateur a remplacé votre adresse e-mail',
      title: 'Un administrateur a remplacé votre adresse e-mail',
      sentence: `Votre compte ${service} n’utilise plus cette adresse\u00a0: ses messages et ses codes vont désormais à une autre.`,
      whatToDo: `Si vous l’avez demandé, vous n’avez rien à faire. Sinon, ${TELL}\u00a0: lui seul peut rétablir votre adresse.`,
      report:
        'Si vous l’avez demandé, vous n’avez rien à faire. Sinon, signalez-le\u00a0: les administrateurs sont prévenus et vérifient le compte. Votre signalement ne ferme aucune session et ne change pas le mot de passe.',
    }),
    'mail-change-requested': ({ service, until }) => ({
      subject: 'votre adresse e-mail va être changée',
      title: 'Votre adresse e-mail va être changée',
      sentence: `Un administrateur a demandé que votre compte ${service} utilise une autre adresse que celle-ci. Cela prendra effet au plus tard ${until ? `le ${until}` : 'dans 24 heures'}, ou dès qu’un second administrateur l’aura confirmé. D’ici là, messages et codes arrivent ici.`,
      whatToDo: `Si vous vous y attendez, vous n’avez rien à faire. Sinon, ${TELL}\u00a0: tout administrateur peut annuler ce changement.`,
    }),
    'identity-link-requested': ({ service, until }) => ({
      subject: 'une carte ou une e-CPS va être liée à votre compte',
      title: 'Une carte ou une e-CPS va être liée à votre compte',
      sentence: `Un administrateur a demandé qu’une carte CPx ou une e-CPS ouvre votre compte ${service}. Cela prendra effet au plus tard ${until ? `le ${until}` : 'dans 24 heures'}, ou dès qu’un second administrateur l’aura confirmé.`,
      whatToDo: `Si c’est votre carte ou votre e-CPS et que vous vous y attendez, vous n’avez rien à faire. Sinon, ${TELL}\u00a0: tout administrateur peut annuler ce changement.`,
    }),
    'rights-change-requested': ({ service, until }) => ({
      subject: 'votre compte va pouvoir administrer le service',
      title: 'Votre compte va pouvoir administrer le service',
      sentence: `Un administrateur a demandé un rôle d’administrateur pour votre compte ${service}, peu après y avoir changé l’adresse, la carte ou un moyen de connexion. Cela prendra effet au plus tard ${until ? `le ${until}` : 'dans 24 heures'}, ou dès qu’un second administrateur l’aura confirmé.`,
      whatToDo: `Si vous vous y attendez, vous n’avez rien à faire. Sinon, ${TELL}\u00a0: tout administrateur peut annuler ce changement.`,
    }),
    'erasure-requested': ({ service, until }) => ({
      subject: 'votre compte va être effacé',
      title: 'Votre compte va être effacé',
      sentence: `Un administrateur a noté votre demande d’effacement du compte ${service}. Le compte et ce qui vous nomme seront effacés pour toujours au plus tard ${until ? `le ${until}` : 'dans 24 heures'}, ou dès qu’un second administrateur l’aura confirmé.`,
      whatToDo: `Si vous l’avez demandé, ou si vous avez quitté votre structure, vous n’avez rien à faire. Sinon, ${TELL}\u00a0: tout administrateur peut encore annuler l’effacement.`,
    }),
    'erasure-due': ({ service, until }) => ({
      subject: 'votre compte désactivé va être effacé',
      title: 'Votre compte désactivé va être effacé',
      sentence: `Votre compte ${service} est désactivé depuis longtemps. Le compte et ce qui vous nomme seront effacés pour toujours${until ? ` le ${until}` : ' dans 30 jours'}.`,
      whatToDo:
        'Si vous n’en avez plus besoin, vous n’avez rien à faire. Pour le garder, demandez avant ce jour à l’administrateur de votre structure de le réactiver.',
    }),
    'phone-added': ({ service }) => ({
      subject: 'un numéro de téléphone a été ajouté',
      title: 'Un numéro de téléphone a été ajouté',
      sentence: `Un numéro de téléphone portable a été ajouté à votre compte ${service}. Il recevra des codes une fois validé, si vous le choisissez.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'phone-changed': ({ service }) => ({
      subject: 'votre numéro de téléphone a été changé',
      title: 'Votre numéro de téléphone a été changé',
      sentence: `Le numéro de téléphone portable de votre compte ${service} a été changé. Les codes arrivent de nouveau par e-mail.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'phone-removed': ({ service, by }) => ({
      subject: 'votre numéro de téléphone a été supprimé',
      title: 'Votre numéro de téléphone a été supprimé',
      sentence: `Le numéro de téléphone portable de votre compte ${service} a été supprimé. Les codes arrivent de nouveau par e-mail.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'channel-changed': ({ service, channel }) => ({
      subject: 'vos codes arrivent autrement',
      title: 'Vos codes arrivent autrement',
      sentence: `Les codes de votre compte ${service} arrivent désormais par ${channelOf(channel ?? 'EMAIL').text.fr}.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'account-locked': ({ service, until }) => ({
      subject: 'votre compte est bloqué un moment',
      title: 'Votre compte est bloqué un moment',
      sentence: `Trop de mots de passe ou de codes erronés ont été saisis pour votre compte ${service}. La connexion y est bloquée${until ? ` jusqu’au ${until}` : ' un moment'}.`,
      whatToDo: `Si c’était vous, patientez, ou adressez-vous à l’administrateur de votre structure. Sinon, quelqu’un essaie d’entrer\u00a0: ${TELL}.`,
    }),
    'codes-exhausted': ({ service }) => ({
      subject: 'codes erronés',
      title: 'Trop de codes erronés',
      sentence: `Votre mot de passe ${service} a été saisi, puis plusieurs codes erronés. Le dernier code envoyé ne vaut plus.`,
      whatToDo: `Si c’était vous, demandez un nouveau code. Sinon, quelqu’un connaît votre mot de passe\u00a0: ${CHANGE}.`,
    }),
    'identity-linked': ({ service, by }) => ({
      subject: 'une carte ou une e-CPS est liée à votre compte',
      title: 'Une carte ou une e-CPS est liée à votre compte',
      sentence: `Une carte CPx ou une e-CPS ouvre désormais votre compte ${service}, sans mot de passe ni code.`,
      whatToDo: `${FINE} ${by ? 'Sinon,' : NOT_YOU} détachez-la dans «\u00a0Mon compte\u00a0», et ${TELL}.`,
    }),
    'identity-unlinked': ({ service, by }) => ({
      subject: 'plus aucune carte ni e-CPS n’est liée à votre compte',
      title: 'Plus aucune carte ni e-CPS n’est liée à votre compte',
      sentence: `Votre carte CPx et votre e-CPS n’ouvrent plus votre compte ${service}. Le mot de passe et le code restent.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'identity-verified': ({ service }) => ({
      subject: 'votre identité a été vérifiée',
      title: 'Votre identité a été vérifiée',
      sentence: `Un administrateur a attesté qu’il a vérifié votre identité en face à face, pour votre compte ${service}.`,
      whatToDo: UNEXPLAINED,
    }),
    'identity-asked': ({ service }) => ({
      subject: 'faites vérifier votre identité',
      title: 'Faites vérifier votre identité',
      sentence: `L’identité de la personne qui utilise votre compte ${service} n’a pas encore été vérifiée, ou doit l’être de nouveau, ce qui est demandé tous les trois ans.`,
      whatToDo:
        'Connectez-vous avec Pro Santé Connect ou votre carte, ou liez-les dans «\u00a0Mon compte\u00a0». Si vous n’en avez pas, présentez-vous avec une pièce d’identité à l’administrateur de votre structure.',
    }),
    'passkey-added': ({ service }) => ({
      subject: 'une clé d’accès ouvre votre compte',
      title: 'Une clé d’accès ouvre votre compte',
      sentence: `Une clé d’accès a été ajoutée à votre compte ${service}\u00a0: elle l’ouvre sans mot de passe ni code.`,
      whatToDo: `${FINE} ${NOT_YOU} supprimez-la dans «\u00a0Mon compte\u00a0», puis ${CHANGE}.`,
    }),
    'passkey-renamed': ({ service }) => ({
      subject: 'une clé d’accès a changé de nom',
      title: 'Une clé d’accès a changé de nom',
      sentence: `Une clé d’accès de votre compte ${service} porte un autre nom. Elle ouvre toujours votre compte.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'passkey-removed': ({ service, by }) => ({
      subject: 'une clé d’accès n’ouvre plus votre compte',
      title: 'Une clé d’accès n’ouvre plus votre compte',
      sentence: by
        ? `Toutes les clés d’accès de votre compte ${service} ont été supprimées.`
        : `Une clé d’accès a été supprimée de votre compte ${service}. Vos autres sessions sont fermées.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'passkey-misused': ({ service }) => ({
      subject: 'une clé d’accès a été refusée',
      title: 'Une clé d’accès a été refusée',
      sentence: `Une clé d’accès de votre compte ${service} a été présentée dans un état ancien\u00a0: il en existe peut-être une copie. La connexion a été refusée.`,
      whatToDo: `Supprimez cette clé d’accès dans «\u00a0Mon compte\u00a0», et ${TELL}.`,
    }),
    'passkey-ended': ({ service }) => ({
      subject: 'une clé d’accès n’ouvre plus votre compte',
      title: 'Une clé d’accès n’ouvre plus votre compte',
      sentence: `Une clé d’accès de votre compte ${service} a été supprimée. Vos sessions sont fermées et un code vous sera demandé sur chaque navigateur.`,
      whatToDo: UNEXPLAINED,
    }),
    'passkey-identity-proven': ({ service }) => ({
      subject: 'votre identité est attestée pour une clé d’accès',
      title: 'Votre identité est attestée pour une clé d’accès',
      sentence: `Votre identité a été vérifiée en face à face pour une clé d’accès de votre compte ${service}\u00a0: elle ouvre ce qui demande une identité vérifiée.`,
      whatToDo: UNEXPLAINED,
    }),
    'totp-added': ({ service }) => ({
      subject: 'une application d’authentification donne vos codes',
      title: 'Une application d’authentification donne vos codes',
      sentence: `Une application d’authentification a été ajoutée à votre compte ${service}\u00a0: ses codes remplacent ceux qui vous étaient envoyés. Vos autres sessions sont fermées.`,
      whatToDo: `${FINE} ${NOT_YOU} supprimez-la dans «\u00a0Mon compte\u00a0», puis ${CHANGE}.`,
    }),
    'totp-removed': ({ service, by }) => ({
      subject: 'votre application d’authentification est supprimée',
      title: 'Votre application d’authentification est supprimée',
      sentence: `L’application d’authentification a été supprimée de votre compte ${service}. Vos codes vous sont de nouveau envoyés${by ? '' : ', et vos autres sessions sont fermées'}.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'recovery-codes-created': ({ service }) => ({
      subject: 'vous avez de nouveaux codes de secours',
      title: 'Vous avez de nouveaux codes de secours',
      sentence: `Des codes de secours ont été créés pour votre compte ${service}. Ceux que vous aviez avant n’ouvrent plus rien, et vos autres sessions sont fermées.`,
      whatToDo: `${FINE} ${NOT_YOU} supprimez-les dans «\u00a0Mon compte\u00a0», puis ${CHANGE}.`,
    }),
    'recovery-codes-ended': ({ service, by }) => ({
      subject: 'vos codes de secours n’ouvrent plus rien',
      title: 'Vos codes de secours n’ouvrent plus rien',
      sentence: `Les codes de secours de votre compte ${service} ont été supprimés. Détruisez ceux que vous avez imprimés${by ? '' : '\u202f; vos autres sessions sont fermées'}.`,
      whatToDo: by ? UNEXPLAINED : `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'recovery-code-used': ({ service, left = 0 }) => ({
      subject: 'un code de secours a servi',
      title: 'Un code de secours a servi',
      sentence: `Quelqu’un est entré dans votre compte ${service} avec votre mot de passe et un code de secours, pour y ajouter un moyen de connexion. ${frenchLeft(left)}`,
      whatToDo: `Si c’était vous, rayez ce code${left > FEW_LEFT ? '' : ', et créez-en de nouveaux dans «\u00a0Mon compte\u00a0»'}. ${NOT_YOU} ${CHANGE}.`,
    }),
    'username-changed': ({ service }) => ({
      subject: 'votre identifiant a été changé',
      title: 'Votre identifiant a été changé',
      sentence: `L’identifiant de votre compte ${service} a été changé. Connectez-vous désormais avec celui qui est indiqué ci-dessous\u202f; votre mot de passe reste le même.`,
      whatToDo: UNEXPLAINED,
    }),
    'rights-changed': ({ service }) => ({
      subject: 'vos droits ont été changés',
      title: 'Vos droits ont été changés',
      sentence: `Le rôle de votre compte ${service} a été changé. Il décide de ce que vous pouvez y administrer.`,
      whatToDo: UNEXPLAINED,
    }),
    'membership-opened': ({ service, structure = 'une structure' }) => ({
      subject: 'votre compte est rattaché à une structure',
      title: 'Votre compte est rattaché à une structure',
      sentence: `Vous avez accepté que votre compte ${service} serve aussi à ${structure}, dont les règles s’appliquent désormais quand vous vous connectez.`,
      whatToDo: `${FINE} ${NOT_YOU} ${CHANGE}.`,
    }),
    'membership-ended': ({ service, structure = 'cette structure' }) => ({
      subject: 'un rattachement de votre compte a pris fin',
      title: 'Un rattachement de votre compte a pris fin',
      sentence: `Vos droits à ${structure} ont pris fin. Votre compte ${service} reste ouvert.`,
      whatToDo: UNEXPLAINED,
    }),
    'hand-over-requested': ({ service }) => ({
      subject: 'une autre structure va gérer votre compte',
      title: 'Une autre structure va gérer votre compte',
      sentence: `Un administrateur a demandé qu’une autre de vos structures gère votre compte ${service}. Cela prend effet dès qu’elle accepte.`,
      whatToDo: `Si vous vous y attendez, vous n’avez rien à faire. Sinon, ${TELL}\u00a0: il peut annuler cette demande.`,
    }),
    'account-handed-over': ({ service, structure = 'Une autre structure' }) => ({
      subject: 'une autre structure gère votre compte',
      title: 'Une autre structure gère votre compte',
      sentence: `${structure} gère désormais votre compte ${service}\u00a0: adressez-vous à elle pour le débloquer ou le modifier.`,
      whatToDo: UNEXPLAINED,
    }),
    'account-unlocked': ({ service }) => ({
      subject: 'votre compte est débloqué',
      title: 'Votre compte est débloqué',
      sentence: `La connexion à votre compte ${service} est débloquée\u00a0: les mots de passe et les codes erronés ne comptent plus.`,
      whatToDo: `Si vous l’avez demandé, connectez-vous. Sinon, quelqu’un essaie peut-être d’entrer\u00a0: ${TELL}.`,
    }),
    'account-closed': ({ service }) => ({
      subject: 'votre compte est désactivé',
      title: 'Votre compte est désactivé',
      sentence: `Votre compte ${service} a été désactivé. Vos sessions sont fermées et plus rien ne l’ouvre.`,
      whatToDo: `Seul un administrateur peut le réactiver. ${UNEXPLAINED}`,
    }),
    'emergency-access': ({ service, until, about }) => ({
      subject: about ? `accès de secours pour ${about}` : 'accès de secours à votre compte',
      title: about ? `Accès de secours pour ${about}` : 'Accès de secours à votre compte',
      sentence: `Un administrateur a ouvert un accès de secours ${about ? `au compte ${service} de ${about}` : `à votre compte ${service}`}${until ? `, jusqu’au ${until}` : ''}.`,
      whatToDo: about
        ? 'Si rien ne l’explique, fermez cet accès dans «\u00a0Administration\u00a0» et demandez pourquoi il a été ouvert.'
        : `Si vous ne l’avez pas demandé, ${TELL}.`,
    }),
    'long-absence': ({ service, until }) => ({
      subject: 'votre compte va être désactivé faute d’usage',
      title: 'Votre compte va être désactivé faute d’usage',
      sentence: `Vous ne vous êtes pas connecté à ${service} depuis longtemps. Sans connexion de votre part${until ? ` avant le ${until}` : ''}, votre compte sera désactivé.`,
      whatToDo:
        'Pour le garder, connectez-vous une fois, à l’adresse habituelle du service. Une fois désactivé, seul l’administrateur de votre structure pourra le réactiver.',
    }),
    'moved-password-ending': ({ service, until }) => ({
      subject: 'votre ancien mot de passe va cesser d’être valable',
      title: 'Votre ancien mot de passe va cesser d’être valable',
      sentence: `Le mot de passe de votre ancien service ouvre encore ${service}. Sans connexion de votre part${until ? ` avant le ${until}` : ''}, il ne sera plus valable.`,
      whatToDo:
        'Pour le garder, connectez-vous une fois, à l’adresse habituelle du service. Après cette date, choisissez-en un autre par «\u00a0Mot de passe oublié\u202f?\u00a0».',
    }),
    'event-reported': ({ service }) => ({
      subject: 'sessions fermées, mot de passe bloqué',
      title: 'Sessions fermées, mot de passe bloqué',
      sentence: `Quelqu’un qui lit les messages de votre compte ${service} a signalé un événement\u00a0: «\u00a0Ce n’était pas moi\u00a0». Toutes les sessions sont fermées et le mot de passe est bloqué. L’adresse d’avant l’événement est rétablie. Le numéro et les moyens de connexion ajoutés depuis une semaine sont retirés.`,
      whatToDo: `Pour choisir un nouveau mot de passe, suivez le lien envoyé à cette adresse. Une carte CPx ou une e-CPS ouvre le compte tout de suite. Si ce n’est pas vous qui avez signalé, ${TELL}.`,
    }),
    'incident-sessions-ended': (facts) => ({
      subject: 'incident\u00a0: les sessions ont été fermées',
      title: 'Incident\u00a0: les sessions ont été fermées',
      sentence: frenchAnswer(
        `La ligne de commande de ${facts.service} a fermé toutes les sessions et oublié tous les navigateurs.`,
        facts,
      ),
      whatToDo: ANSWERED,
    }),
    'incident-passwords-renewed': (facts) => ({
      subject: 'incident\u00a0: de nouveaux mots de passe sont demandés',
      title: 'Incident\u00a0: de nouveaux mots de passe sont demandés',
      sentence: frenchAnswer(
        `La ligne de commande de ${facts.service} a annulé les mots de passe\u00a0: chacun en choisit un nouveau.`,
        facts,
      ),
      whatToDo: ANSWERED,
    }),
  },
};
