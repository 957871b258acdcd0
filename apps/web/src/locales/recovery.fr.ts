/** Forgotten password, and the links by which a password is chosen. */
export const recoveryFr = {
  recovery: {
    forgottenTitle: 'Mot de passe oublié',
    forgottenIntro:
      'Indiquez votre identifiant, ou l’adresse e-mail de votre compte. Un lien pour choisir un nouveau mot de passe vous sera envoyé.',
    username: 'Identifiant ou adresse e-mail',
    usernameHelp: 'Identifiant oublié ? Donnez l’adresse : le message rappelle l’identifiant.',
    usernameMissing: 'Saisissez votre identifiant ou votre adresse e-mail.',
    ask: 'Recevoir un lien',
    again: 'Demander un autre lien',
    asked: 'Si un compte correspond à {name}, un e-mail part à son adresse.',
    askedLink:
      'Le lien qu’il contient sert une seule fois, pendant une heure. Vous pouvez fermer cette page.',
    nothingCame: 'Rien n’est arrivé ?',
    wait: 'Attendez quelques minutes, et regardez dans les courriers indésirables.',
    spelling:
      'Vérifiez ce que vous avez saisi. Pour votre sécurité, cette page ne dit pas si le compte existe.',
    noMailbox:
      'Sans accès à cette messagerie, adressez-vous à l’administrateur de votre structure. La carte CPx et Pro Santé Connect restent possibles.',
    back: 'Revenir à la connexion',
    title: { reset: 'Choisir un nouveau mot de passe', invitation: 'Bienvenue dans Portillon' },
    intro: {
      reset: 'Choisissez un mot de passe que vous n’utilisez nulle part ailleurs.',
      invitation:
        'Votre structure vous a ouvert un compte. Choisissez votre mot de passe pour l’activer : votre identifiant est dans le message que vous avez reçu.',
    },
    choose: { reset: 'Changer le mot de passe', invitation: 'Activer mon compte' },
    whatFollows: 'Ce qui suit',
    follows: {
      reset:
        'Toutes vos connexions et tous vos navigateurs reconnus seront fermés. Vous vous connecterez ensuite avec ce mot de passe et un code.',
      invitation:
        'Vous vous connecterez avec votre identifiant et ce mot de passe. Un code vous sera alors envoyé par e-mail : gardez votre messagerie ouverte. Vous pourrez ensuite choisir le SMS dans « Mon compte ».',
    },
    noLink: 'Cette page s’ouvre depuis le lien reçu par e-mail.',
    noLinkHelp:
      'Ouvrez de nouveau le message et suivez son lien, sans recharger la page ensuite : par sécurité, le lien n’est gardé nulle part.',
    notGood: {
      reset: 'Ce lien n’est plus valable.',
      invitation: 'Cette invitation n’est plus valable.',
    },
    notGoodHelp: {
      reset:
        'Il a déjà servi, date de plus d’une heure, ou a été remplacé par un plus récent. Prenez le dernier message reçu, ou demandez un autre lien.',
      invitation:
        'Elle a déjà servi, date de plus de 7 jours, ou a été remplacée par une plus récente. Si vous avez déjà choisi votre mot de passe, connectez-vous. Sinon, demandez une nouvelle invitation avec votre adresse e-mail.',
    },
    newLink: { reset: 'Demander un autre lien', invitation: 'Demander une nouvelle invitation' },
    chosen: {
      reset: 'Votre mot de passe est changé.',
      invitation: 'Votre compte est activé.',
    },
    chosenNext: {
      reset:
        'Vos connexions et vos navigateurs reconnus ont été fermés. Connectez-vous : un code vous sera demandé.',
      invitation: 'Connectez-vous maintenant : un code vous sera envoyé par e-mail.',
    },
  },
};
