/** « Mon compte » : the mail address, and « Mes données ». */
export const myDataFr = {
  email: {
    title: 'Adresse e-mail',
    current: 'Vos messages arrivent à',
    label: 'Nouvelle adresse e-mail',
    help: 'Un code y sera envoyé. L’adresse change quand vous l’aurez saisi ; l’ancienne sera prévenue, et vos autres connexions seront fermées.',
    missing: 'Saisissez la nouvelle adresse.',
    invalid: 'Cette adresse n’est pas complète. Vérifiez-la, par exemple prenom.nom@exemple.fr.',
    submit: 'Changer l’adresse',
    dialogTitle: 'Vérification de votre nouvelle adresse',
    dialogText: 'Rien n’est changé tant que le code n’est pas saisi.',
    changed: 'Votre adresse est changée. Vos autres connexions et vos navigateurs reconnus ont été fermés.',
  },
  data: {
    title: 'Mes données',
    lead: 'Voyez ce que le service garde de vous, et demandez son effacement.',
    privacy: 'Ce qui est gardé, pourquoi et combien de temps',
    exportTitle: 'Télécharger mes données',
    exportText:
      'Un fichier de tout ce qui est gardé de vous : compte, connexions, navigateurs reconnus, journal d’un an, messages envoyés sans leur contenu.',
    exportHelp:
      'Le fichier est au format JSON, lisible par un éditeur de texte. Sur un poste partagé, effacez-le après l’avoir emporté.',
    export: 'Télécharger le fichier',
    exporting: 'Préparation du fichier…',
    exported: 'Le fichier est téléchargé.',
    fileName: 'portillon-mes-donnees.json',
    eraseTitle: 'Effacer mon compte',
    eraseText: 'Vous pouvez demander que votre compte soit effacé.',
    eraseWho:
      'Un administrateur confirme votre demande. Jusque-là, rien ne change et vous pouvez la retirer.',
    eraseWhat:
      'Ensuite, nom, adresse, numéro, mot de passe et rattachements sont effacés pour toujours. Vous ne pourrez plus vous connecter.',
    eraseKept: 'Le journal de sécurité garde ses lignes jusqu’à leur terme, sous un pseudonyme.',
    erase: 'Demander l’effacement',
    confirmTitle: 'Demander l’effacement de votre compte ?',
    confirmText:
      'Un administrateur sera prié de confirmer. Vous pouvez retirer la demande tant que ce n’est pas fait ; après, rien ne peut être retrouvé.',
    confirm: 'Demander l’effacement',
    requestedAt: 'Vous avez demandé l’effacement de votre compte le {time}.',
    requestedHelp: 'Un administrateur doit la confirmer. Jusque-là, votre compte reste ouvert.',
    withdraw: 'Retirer ma demande',
    outcome: {
      requested: 'Votre demande est enregistrée.',
      withdrawn: 'Votre demande est retirée : votre compte reste comme il est.',
    },
  },
};
