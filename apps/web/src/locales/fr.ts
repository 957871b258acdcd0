import { cardFr } from './card.fr';
import { proSanteConnectFr } from './pro-sante-connect.fr';

/** The French texts, the original. Plain spaces: `compile.ts` makes them non-breaking where French wants it. */
export const fr = {
  app: {
    allRequired: 'Tous les champs sont à remplir.',
    title: '{page} — Portillon',
    named: '{name} : {value}',
    skip: 'Aller au contenu',
    home: 'Portillon, accueil',
    loading: 'Chargement…',
    retry: 'Réessayer',
    close: 'Fermer',
    cancel: 'Annuler',
    newTab: '(nouvel onglet)',
    unexpected:
      'Une erreur est survenue dans la page. Rechargez-la ; ce que vous aviez enregistré est gardé.',
    reload: 'Recharger la page',
  },
  header: {
    signedInAs: 'Session de {name}',
    signOut: 'Se déconnecter',
    signingOut: 'Déconnexion…',
    menu: 'Menu principal',
  },
  menu: {
    administration: 'Administration',
    myAccount: 'Mon compte',
    accounts: 'Comptes',
    import: 'Import',
    structures: 'Structures',
    journal: 'Journal',
    statistics: 'Statistiques',
  },
  footer: {
    label: 'Informations sur le service',
    accessibility: 'Accessibilité : non conforme',
    legal: 'Mentions légales',
    privacy: 'Données personnelles',
    support: 'Aide : {email}',
  },
  card: cardFr,
  proSanteConnect: proSanteConnectFr,
  signIn: {
    title: 'Se connecter',
    username: 'Identifiant',
    usernameHelp: 'Celui que votre structure vous a donné, par exemple prenom.nom.',
    password: 'Mot de passe',
    submit: 'Se connecter',
    usernameMissing: 'Saisissez votre identifiant.',
    passwordMissing: 'Saisissez votre mot de passe.',
    forgotten: 'Mot de passe ou identifiant oublié ?',
    help: 'Aide pour se connecter',
    farewell: {
      'signed-out': 'Votre connexion est fermée. Vous pouvez laisser ce poste.',
      ended:
        'Votre connexion est terminée, après un temps sans activité, au bout de sa durée maximale ou depuis un autre écran. Connectez-vous de nouveau : vous reviendrez à la même page.',
      'someone-else':
        'Une autre personne s’est connectée dans ce navigateur. Par sécurité, votre page a été fermée. Connectez-vous pour reprendre votre place.',
    },
    demo: {
      title: 'Ceci est une démonstration',
      text: 'Les personnes sont fictives et aucun message ne part vraiment : e-mails et SMS arrivent dans la boîte de démonstration, qui donne aussi les identifiants et le mot de passe.',
      link: 'Ouvrir la boîte de démonstration',
    },
  },
  password: {
    show: 'Afficher le mot de passe',
    hide: 'Masquer le mot de passe',
    capsLock: 'Les majuscules sont verrouillées.',
  },
  code: {
    title: 'Saisir le code',
    sent: {
      EMAIL: 'Un code OTP vous a été envoyé par e-mail à {time}',
      SMS: 'Un code OTP vous a été envoyé par SMS à {time}',
    },
    notSent: {
      EMAIL: 'Problème avec l’envoi du code par e-mail',
      SMS: 'Problème avec l’envoi du code par SMS',
    },
    address: 'Adresse',
    number: 'Numéro',
    reference: 'Référence',
    referenceHelp: 'Si vous avez plusieurs messages, prenez celui qui porte cette référence.',
    validUntil: 'Valable jusqu’à',
    paris: '{time} (heure de Paris)',
    instruction: {
      EMAIL: 'Veuillez saisir ci-dessous le code que vous avez reçu par e-mail',
      SMS: 'Veuillez saisir ci-dessous le code que vous avez reçu par SMS',
    },
    label: 'Code',
    format: '{count} chiffres. Vous pouvez le coller, avec ou sans espaces.',
    missing: 'Saisissez le code de {count} chiffres.',
    submit: 'Valider',
    attemptsLeft: 'Il vous reste {count} essai. | Il vous reste {count} essais.',
    another: 'Recevoir un autre code',
    notReceived: 'Vous n’avez pas reçu de code ?',
    resend: 'Envoyer un nouveau code',
    resendIn: 'Vous pourrez demander un nouveau code dans {wait}.',
    other: {
      EMAIL: 'Recevoir le code par e-mail',
      SMS: 'Recevoir le code par SMS',
    },
    help: 'Aide sur les codes',
    spam: 'Regardez aussi dans les courriers indésirables.',
    mailboxWarning:
      'Avec l’e-mail, vous devez pouvoir ouvrir votre messagerie sur chaque ordinateur de votre structure où vous vous connectez. Sinon, préférez le SMS : il se règle ensuite dans « Administration », « Mon compte ».',
    remember:
      'Ne plus me demander de code dans ce navigateur pendant {count} heure | Ne plus me demander de code dans ce navigateur pendant {count} heures',
    rememberHelp:
      'Cela ne vaut que pour vous. Sur un poste partagé, vos collègues donneront leur propre code, et votre mot de passe vous sera toujours demandé.',
    back: 'Revenir à l’identifiant et au mot de passe',
  },
  stepUp: {
    title: {
      code: { required: 'Un nouveau code est nécessaire' },
      reauthentication: { required: 'Confirmez que c’est bien vous' },
    },
    text: {
      code: {
        required:
          'Votre dernier code date de trop longtemps. Saisissez-en un nouveau pour continuer : ce que vous avez saisi dans la page est gardé.',
      },
      reauthentication: {
        required:
          'Cette action touche à la sécurité de votre compte. Saisissez un code pour continuer : ce que vous avez saisi dans la page est gardé.',
      },
    },
    sending: 'Envoi du code…',
    signOut: 'Se déconnecter',
    cancel: 'Annuler',
  },
  idle: {
    title: 'Êtes-vous toujours là ?',
    text: 'Sans activité de votre part, votre connexion se fermera dans {wait}. Ce qui n’est pas enregistré sera perdu.',
    stay: 'Rester connecté',
    absoluteTitle: 'Votre connexion va se terminer',
    absoluteText:
      'Pour votre sécurité, une connexion ne peut pas durer plus longtemps. Elle se terminera dans {wait}. Enregistrez votre travail, puis connectez-vous de nouveau.',
    understood: 'J’ai compris',
    signOut: 'Se déconnecter',
  },
  home: {
    title: 'Bonjour {name}',
    open: 'Votre connexion est ouverte.',
    structure: 'Structure',
    code: 'Prochain code',
    codeUntil: 'Pas avant le {time} dans ce navigateur',
    codeNone: 'Aucun code demandé',
    ends: 'Fin de la connexion',
    endsAt: 'Au plus tard le {time}, ou plus tôt sans activité',
    myAccount: 'Régler la réception des codes, le mot de passe et les appareils dans « Mon compte »',
    shared: 'Sur un poste partagé, pensez à vous déconnecter avant de le laisser.',
  },
  account: {
    title: 'Mon compte',
    nav: 'Rubriques de Mon compte',
    sections: {
      account: 'Mon compte',
      password: 'Mot de passe',
      devices: 'Connexions et navigateurs',
      activity: 'Activité récente',
      data: 'Mes données',
    },
    identity: 'Vos informations',
    name: 'Nom',
    username: 'Identifiant',
    email: 'Adresse e-mail',
    structure: 'Structure',
    nationalId: 'Identifiant national',
    identityHelp: 'Une erreur ? L’administrateur de votre structure peut la corriger.',
    language: 'Langue',
    languageText: 'Les pages et les messages qui vous sont envoyés sont en français.',
    languageSwitch: 'Switch to English',
    saved: 'Vos choix sont enregistrés.',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
  },
  phone: {
    title: 'Réception des codes',
    label: 'Téléphone portable',
    help: 'Pour vous connecter en recevant un code par SMS, veuillez renseigner le champ ci-dessous. Ce numéro ne sera utilisé que dans ce cadre.',
    example: 'Par exemple 06 12 34 56 78, 0692 12 34 56 ou +262 692 12 34 56.',
    verify: 'Vérifier',
    verifying: 'Envoi du code…',
    status: {
      UNVERIFIED: '(Non validé)',
      VERIFIED: 'Validé',
    },
    retype: 'Saisissez le numéro en entier : l’ancien n’est affiché qu’en partie.',
    remove: 'Supprimer ce numéro',
    removeTitle: 'Supprimer votre numéro ?',
    removeText: 'Il sera effacé de votre compte, et vos codes arriveront de nouveau par e-mail.',
    removed: 'Votre numéro est supprimé. Vos codes arriveront par e-mail.',
    dialogTitle: 'Validation de votre numéro de téléphone portable',
    verified:
      'Votre numéro est validé. Pour recevoir vos codes par SMS, choisissez SMS ci-dessous, puis « Enregistrer ».',
    savedUnverified:
      'Votre numéro est enregistré, mais il n’est pas validé. Choisissez « Vérifier » pour pouvoir ensuite recevoir vos codes par SMS.',
    unavailable: 'L’envoi de SMS n’est pas disponible pour le moment. Vos codes arrivent par e-mail.',
  },
  channel: {
    legend: 'Préférence réception de code OTP',
    EMAIL: 'EMAIL',
    SMS: 'SMS',
    emailHelp: 'À votre adresse {email}',
    smsHelp: 'À votre numéro {number}',
    smsBlocked: 'À choisir quand votre numéro sera validé.',
    honest:
      'Le SMS et l’e-mail sont pratiques mais moins sûrs qu’une carte CPS ou e-CPS. Ne donnez jamais un code à personne.',
  },
  passwordChange: {
    title: 'Changer le mot de passe',
    intro: 'Vos autres connexions seront fermées, et un code vous sera demandé dans les autres navigateurs.',
    current: 'Mot de passe actuel',
    new: 'Nouveau mot de passe',
    rules:
      'Au moins 14 caractères, ou 12 avec minuscules, majuscules, chiffres et signes, ou 7 mots. Les espaces et les accents comptent.',
    submit: 'Changer le mot de passe',
    done: 'Votre mot de passe est changé. Vos autres connexions et vos navigateurs reconnus ont été fermés.',
    currentMissing: 'Saisissez votre mot de passe actuel.',
    newMissing: 'Saisissez un nouveau mot de passe.',
    strength: {
      label: 'Solidité :',
      missing: '(encore {count} caractère) | (encore {count} caractères)',
      empty: 'rien de saisi',
      weak: 'insuffisante',
      fair: 'presque suffisante',
      good: 'suffisante',
      strong: 'très bonne',
    },
    reasons: {
      'too-short': 'Il est trop court.',
      'too-long': 'Il dépasse 128 caractères.',
      'too-simple': 'Ajoutez des caractères d’autres sortes, ou allongez-le.',
      'too-common': 'Il figure parmi les mots de passe courants ou déjà volés.',
      personal: 'Il contient votre nom ou votre identifiant.',
      'service-name': 'Il contient le nom du service.',
    },
  },
  devices: {
    title: 'Connexions et navigateurs',
    sessions: 'Connexions ouvertes',
    sessionsHelp: 'Chaque écran où votre connexion est ouverte en ce moment.',
    current: 'Cet écran',
    currentBrowser: 'Ce navigateur',
    means: {
      password: 'Mot de passe et code',
      cpx: 'Carte CPx',
      'pro-sante-connect': 'Pro Santé Connect',
    },
    signedInAt: 'Ouverte le {time}',
    address: 'Adresse réseau {address}',
    end: 'Fermer',
    endOf: 'Fermer la connexion : {device}, ouverte le {time}',
    endOthers: 'Fermer toutes les autres connexions',
    ended: 'La connexion est fermée.',
    othersEnded: 'Toutes vos autres connexions sont fermées.',
    noOther: 'Aucune autre connexion n’est ouverte.',
    browsers: 'Navigateurs reconnus',
    browsersHelp: 'Ceux qui ne vous demandent pas de code jusqu’à l’heure indiquée.',
    validUntil: 'Sans code jusqu’au {time}',
    lastUsedAt: 'Dernière utilisation le {time}',
    forget: 'Oublier',
    forgetOf: 'Oublier le navigateur : {device}, dernière utilisation le {time}',
    forgetAll: 'Déconnecter tous les navigateurs',
    forgotten: 'Le navigateur est oublié : un code y sera demandé à votre prochaine connexion.',
    allForgotten:
      'Tous les navigateurs sont oubliés : un code sera demandé partout à votre prochaine connexion.',
    noBrowser: 'Aucun navigateur n’est reconnu.',
    unknown: 'Appareil inconnu',
    on: '{browser} sur {system}',
  },
  activity: {
    title: 'Activité récente',
    help: 'Ce qui s’est passé sur votre compte. Si vous ne reconnaissez pas une ligne, changez votre mot de passe et prévenez l’administrateur de votre structure.',
    more: 'Afficher plus',
    empty: 'Rien à afficher pour le moment.',
    by: {
      EMAIL: 'par e-mail',
      SMS: 'par SMS',
    },
    now: {
      EMAIL: '(e-mail)',
      SMS: '(SMS)',
    },
  },
  wait: {
    seconds: '{count} seconde | {count} seconde | {count} secondes',
    minutes: '{count} minute | {count} minutes',
    hours: '{count} heure | {count} heures',
    hoursAndMinutes: '{hours} et {minutes}',
  },
  problems: {
    help: 'Comprendre ce message',
    retryIn: 'Vous pourrez réessayer dans {wait}.',
    retryNow: 'Vous pouvez réessayer.',
    reference: 'Référence à donner au support : {id}',
    credentials: {
      rejected:
        'L’identifiant ou le mot de passe n’est pas bon. Vérifiez-les, puis réessayez. Si cela continue, adressez-vous à l’administrateur de votre structure.',
    },
    attempts: { exceeded: 'Trop d’essais en peu de temps.' },
    'sign-in': {
      required:
        'Le temps pour saisir le code est passé. Recommencez avec votre identifiant et votre mot de passe.',
    },
    code: {
      required: 'Un nouveau code est nécessaire pour continuer.',
      rejected: 'Ce code n’est pas le bon. Vérifiez la référence du message, puis saisissez-le de nouveau.',
      expired: 'Ce code n’est plus valable : trop de temps a passé. Demandez un nouveau code.',
      exhausted: 'Trop d’essais avec ce code : il ne peut plus servir. Demandez un nouveau code.',
    },
    resend: { 'too-soon': 'Un code vient déjà de partir. Laissez-lui le temps d’arriver.' },
    channel: { unavailable: 'Ce moyen de recevoir le code n’est pas disponible. Choisissez l’autre.' },
    delivery: {
      failed:
        'Le message avec le code n’est pas parti, ou son arrivée n’est pas sûre. Demandez-en un autre, ou recevez le code autrement.',
    },
    session: { required: 'Votre connexion est terminée. Connectez-vous de nouveau.' },
    reauthentication: {
      required: 'Rien n’a été changé : cette action demande un code. Recommencez quand vous l’aurez.',
    },
    origin: { refused: 'La demande a été refusée par sécurité. Rechargez la page, puis réessayez.' },
    request: { malformed: 'La demande n’est pas arrivée en entier. Réessayez.' },
    headers: { 'too-large': 'Ce navigateur garde trop de cookies de ce site. Effacez-les, puis réessayez.' },
    permission: {
      denied: 'Vous n’avez pas le droit de faire cela. Adressez-vous à l’administrateur de votre structure.',
    },
    'not-found': 'Cet élément n’existe plus. Rechargez la page.',
    validation: { failed: 'Un champ n’est pas rempli comme il faut. Corrigez-le, puis réessayez.' },
    phone: {
      invalid: 'Ce numéro n’existe pas. Vérifiez-le, par exemple 06 12 34 56 78.',
      'not-mobile': 'Ce numéro n’est pas celui d’un téléphone portable. Saisissez un numéro de portable.',
      'country-not-allowed':
        'Les numéros de ce pays ne sont pas acceptés. Saisissez un numéro français, d’outre-mer compris.',
      missing: 'Aucun numéro n’est enregistré. Saisissez-le, puis choisissez « Vérifier ».',
      'already-verified': 'Ce numéro est déjà validé.',
    },
    password: {
      weak: 'Ce nouveau mot de passe n’est pas assez sûr.',
      wrong: 'Le mot de passe actuel n’est pas le bon. Rien n’a été changé.',
      required:
        'Il faut s’être connecté avec mot de passe et code. Déconnectez-vous, puis connectez-vous ainsi.',
    },
    certificate: {
      missing:
        'La carte n’a pas été lue. Vérifiez qu’elle est bien insérée, choisissez son certificat et saisissez son code, puis réessayez. Si le navigateur ne propose plus rien, fermez-le et rouvrez-le.',
      rejected:
        'Cette carte n’a pas été acceptée : elle est peut-être périmée ou remplacée, ou ce n’est pas son certificat d’authentification.',
    },
    account: {
      'not-linked':
        'Aucun compte n’est rattaché à cette carte. Connectez-vous avec votre mot de passe pour la rattacher dans « Mon compte », ou adressez-vous à l’administrateur de votre structure.',
      'already-linked':
        'Cette carte est rattachée à un autre compte, ou le vôtre l’est à une autre identité. Adressez-vous à l’administrateur de votre structure.',
      taken: 'Un autre compte a déjà cet identifiant, cette adresse ou cet identifiant national.',
      state: 'L’état de ce compte ne permet pas cette action. Rechargez la page.',
    },
    precondition: {
      failed:
        'Quelqu’un d’autre vient de modifier cet élément : rien n’a été écrasé. Rechargez la page, puis recommencez.',
      required: 'La page a perdu la version de cet élément. Rechargez-la, puis recommencez.',
    },
    act: {
      'on-self': 'Vous ne pouvez pas faire cela sur votre propre compte. Demandez à un autre administrateur.',
    },
    administrator: {
      last: 'C’est le dernier administrateur : nommez-en un autre d’abord.',
    },
    import: { state: 'Cet import n’est plus dans l’état qui permet cette action. Rechargez la page.' },
    structure: { taken: 'Une autre structure a déjà ce nom, ce FINESS ou ce SIRET.' },
    token: { rejected: 'La carte a été lue, mais trop de temps a passé. Recommencez.' },
    means: { unavailable: 'Ce moyen de se connecter n’est pas disponible. Choisissez-en un autre.' },
    service: { busy: 'Beaucoup de personnes se connectent en ce moment.' },
    internal: 'Une erreur est survenue de notre côté. Réessayez ; si cela continue, prévenez le support.',
    unreachable: 'Le service ne répond pas. Vérifiez que ce poste est bien relié au réseau, puis réessayez.',
  },
  notFound: {
    title: 'Cette page n’existe pas',
    text: 'L’adresse est peut-être mal écrite, ou la page a été retirée.',
    back: 'Revenir à l’accueil',
  },
  notAllowed: {
    title: 'Page réservée aux administrateurs',
    text: 'Votre compte ne donne pas accès à cette page. Si vous en avez besoin, adressez-vous à l’administrateur de votre structure.',
  },
  unavailable: { title: 'Le service ne répond pas' },
};

/** Every text of the pages; each language has the same keys. */
export type Messages = typeof fr;
