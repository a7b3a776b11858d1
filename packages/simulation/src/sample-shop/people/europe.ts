import type { CountryWords } from './country.ts';

/** Great Britain. Numbers 07700 900xxx are kept for fiction. */
export const GB: CountryWords = {
  given: ['Amelia', 'Isla', 'Poppy', 'Freya', 'Siân', 'Chloë', 'Oliver', 'Harry', 'Callum', 'Imran'],
  family: ['Whitfield', 'Hughes', 'Marsden', 'Okafor', 'Patel', 'Fairclough', 'McAllister', 'Thorne', 'Begum'],
  streets: ['Mill Lane', 'Church Road', 'Orchard Close', 'Station Road', 'Kestrel Way', 'Hawthorn Street'],
  line: '{n} {s}',
  phone: '+44 7700 900###',
  towns: [
    ['London', 'SE1# #@@', 3],
    ['London', 'N1# #@@', 2],
    ['Manchester', 'M14 #@@', 1.5],
    ['Birmingham', 'B1# #@@', 1.5],
    ['Leeds', 'LS1# #@@', 1],
    ['Glasgow', 'G12 #@@', 1],
    ['Bristol', 'BS6 #@@', 1],
    ['Cardiff', 'CF14 #@@', 0.7],
    ['Newcastle upon Tyne', 'NE2 #@@', 0.7],
  ],
};

/** Ireland. */
export const IE: CountryWords = {
  given: ['Aoife', 'Niamh', 'Róisín', 'Sinéad', 'Cillian', 'Oisín', 'Seán'],
  family: ['Ó Briain', 'Kavanagh', 'Ní Dhónaill', 'Doyle', 'Fitzgerald', 'Nolan'],
  streets: ['Harbour Road', 'Castle Street', 'Rowan Park', 'Abbey Lane'],
  line: '{n} {s}',
  prefixLength: 3,
  towns: [
    ['Dublin', 'D02 %%%%', 2],
    ['Dublin', 'D08 %%%%', 1],
    ['Cork', 'T12 %%%%', 1],
    ['Galway', 'H91 %%%%', 0.7],
    ['Limerick', 'V94 %%%%', 0.7],
  ],
};

/** Germany. */
export const DE: CountryWords = {
  given: ['Lena', 'Jule', 'Käthe', 'Sophie', 'Marie', 'Jörg', 'Lukas', 'Björn', 'Emre'],
  family: ['Schäfer', 'Müller', 'Krüger', 'Weiß', 'Brandt', 'Öztürk', 'Lindner', 'Vogel', 'Größer'],
  streets: ['Lindenstraße', 'Mühlenweg', 'Gartenstraße', 'Am Bächle', 'Schulstraße', 'Rosenallee'],
  line: '{s} {n}',
  prefixLength: 2,
  towns: [
    ['Berlin', '10###', 3],
    ['Hamburg', '22###', 2],
    ['München', '80###', 2],
    ['Köln', '50###', 1.5],
    ['Leipzig', '04###', 1],
    ['Nürnberg', '90###', 1],
  ],
};

/** France. */
export const FR: CountryWords = {
  given: ['Chloé', 'Inès', 'Zoé', 'Éloïse', 'Manon', 'Léo', 'Théo', 'François'],
  family: ['Lefèvre', 'Moreau', 'Bélanger', 'Dupré', 'Garnier', 'Benoît', 'Traoré', 'Lacroix'],
  streets: ['rue des Lilas', 'rue du Château', 'avenue de la Forêt', 'allée des Érables', 'rue Émile Brun'],
  line: '{n} {s}',
  prefixLength: 2,
  towns: [
    ['Paris', '750##', 3],
    ['Lyon', '690##', 1.5],
    ['Marseille', '130##', 1.5],
    ['Toulouse', '31###', 1],
    ['Nantes', '44###', 1],
    ['Lille', '59###', 1],
  ],
};

/** Italy. */
export const IT: CountryWords = {
  given: ['Giulia', 'Martina', 'Chiara', 'Noemi', 'Nicolò', 'Lorenzo', 'Matteo'],
  family: ['Ferri', 'De Santis', 'Calò', 'Bianchi', 'Fornò', 'Marchetti', 'Gallo'],
  streets: ['via dei Tigli', 'via Roma Vecchia', 'viale della Libertà', 'via San Nicolò', 'corso dei Mille'],
  line: '{s} {n}',
  prefixLength: 2,
  towns: [
    ['Milano', '201##', 2],
    ['Roma', '001##', 2],
    ['Torino', '101##', 1],
    ['Napoli', '801##', 1.3],
    ['Bologna', '401##', 0.8],
  ],
};

/** Spain. */
export const ES: CountryWords = {
  given: ['Lucía', 'María', 'Noelia', 'Iñaki', 'Álvaro', 'Adrián', 'Núria', 'Sofía'],
  family: ['Jiménez', 'Muñoz', 'Ibáñez', 'Serrano', 'Peña', 'Castro', 'Güell', 'Vázquez'],
  streets: ['Calle del Olmo', 'Calle Peñalba', 'Avenida de la Estación', 'Plaza del Jardín', 'Carrer de la Font'],
  line: '{s}, {n}',
  prefixLength: 2,
  towns: [
    ['Madrid', '280##', 2.5],
    ['Barcelona', '080##', 2.2],
    ['València', '460##', 1],
    ['Sevilla', '410##', 1],
    ['Málaga', '290##', 0.8],
  ],
};
