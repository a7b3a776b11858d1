import type { Caption } from './cell.ts';
import type { CustomsCategory } from './declaration.ts';

// Captions of CN 22 and CN 23 in English and French, with the numbers of the forms (UPU Convention Manual, forms).

/** The categories in the order in which the forms have them. */
export const CATEGORIES: readonly { readonly category: CustomsCategory; readonly caption: Caption }[] = [
  { category: 'gift', caption: { en: 'Gift', fr: 'Cadeau' } },
  { category: 'documents', caption: { en: 'Documents', fr: 'Documents' } },
  { category: 'sale-of-goods', caption: { en: 'Sale of goods', fr: 'Vente de marchandises' } },
  { category: 'sample', caption: { en: 'Commercial sample', fr: 'Échantillon commercial' } },
  { category: 'returned-goods', caption: { en: 'Returned goods', fr: 'Retour de marchandises' } },
  { category: 'other', caption: { en: 'Other', fr: 'Autre' } },
];

/** Captions that both forms have. */
export const SHARED = {
  title: { en: 'CUSTOMS DECLARATION', fr: 'DÉCLARATION EN DOUANE' },
  opening: { en: 'May be opened officially', fr: "Peut être ouvert d'office" },
  item: { en: 'Item number', fr: "N° de l'envoi" },
  from: { en: 'From', fr: 'De' },
  to: { en: 'To', fr: 'À' },
  customsReference: {
    en: "Sender's customs reference (if any)",
    fr: "Référence en douane de l'expéditeur (si elle existe)",
  },
} as const satisfies Record<string, Caption>;

/** Captions of CN 22. */
export const CN22 = {
  statement: {
    en: 'I, the undersigned, whose name and address are given on the item, certify that the particulars given in this declaration are correct and that this item does not contain any dangerous article or articles prohibited by legislation or by postal or customs regulations.',
    fr: "Je, soussigné, dont le nom et l'adresse figurent sur l'envoi, certifie que les renseignements donnés dans la présente déclaration sont exacts et que cet envoi ne contient aucun objet dangereux ou interdit par la législation ou la réglementation postale ou douanière.",
  },
  contents: {
    en: 'Quantity and detailed description of contents (1)',
    fr: 'Quantité et description détaillée du contenu',
  },
  net: { en: 'Net weight in kg (2)', fr: 'Poids net en kg' },
  value: { en: 'Value and currency (3)', fr: 'Valeur et monnaie' },
  hs: { en: 'HS tariff number (4)', fr: 'N° tarifaire du SH' },
  origin: { en: 'Origin (5)', fr: 'Origine' },
  gross: { en: 'Total weight (6)', fr: 'Poids total' },
  total: { en: 'Total value (7)', fr: 'Valeur totale' },
  signature: { en: "Date and sender's signature (8)", fr: "Date et signature de l'expéditeur" },
  category: { en: 'Category of item', fr: "Catégorie de l'envoi" },
} as const satisfies Record<string, Caption>;

/** Captions of CN 23. */
export const CN23 = {
  statement: {
    en: 'I certify that the particulars given in this customs declaration are correct and that this item does not contain any dangerous article or articles prohibited by legislation or by postal or customs regulations.',
    fr: 'Je certifie que les renseignements donnés dans la présente déclaration en douane sont exacts et que cet envoi ne contient aucun objet dangereux ou interdit par la législation ou la réglementation postale ou douanière.',
  },
  importer: {
    en: "Importer's reference (if any) (tax code/VAT No./importer code)",
    fr: "Référence de l'importateur (code fiscal/N° de TVA/code de l'importateur)",
  },
  contact: {
    en: "Importer's telephone/e-mail (if known)",
    fr: "N° de téléphone/e-mail de l'importateur (si connus)",
  },
  contents: { en: 'Detailed description of contents (1)', fr: 'Description détaillée du contenu' },
  quantity: { en: 'Quantity (2)', fr: 'Quantité' },
  net: { en: 'Net weight in kg (3)', fr: 'Poids net en kg' },
  gross: { en: 'Total gross weight (4)', fr: 'Poids brut total' },
  value: { en: 'Value (5)', fr: 'Valeur' },
  total: { en: 'Total value (6)', fr: 'Valeur totale' },
  hs: { en: 'HS tariff number (7)', fr: 'N° tarifaire du SH' },
  origin: { en: 'Country of origin of goods (8)', fr: "Pays d'origine des marchandises" },
  postage: { en: 'Postal charges/Fees (9)', fr: 'Frais de port/Frais' },
  category: { en: 'Category of item (10)', fr: "Catégorie de l'envoi" },
  explanation: { en: 'Explanation', fr: 'Explication' },
  comments: {
    en: 'Comments (11): (e.g. goods subject to quarantine, sanitary/phytosanitary inspection or other restrictions)',
    fr: "Observations: (p. ex. marchandise soumise à la quarantaine/à des contrôles sanitaires, phytosanitaires ou à d'autres restrictions)",
  },
  licence: { en: 'Licence No(s). (12)', fr: 'N° de la/des licences' },
  certificate: { en: 'Certificate No(s). (13)', fr: 'N° du/des certificats' },
  invoice: { en: 'Invoice No. (14)', fr: 'N° de la facture' },
  office: { en: 'Office of origin/Date of posting', fr: "Bureau d'origine/Date de dépôt" },
  signature: { en: "Date and sender's signature (15)", fr: "Date et signature de l'expéditeur" },
  sums: { en: 'Total quantity and net weight', fr: 'Quantité et poids net totaux' },
} as const satisfies Record<string, Caption>;
