import type { CountryWords } from './country.ts';

/** Japan. */
export const JP: CountryWords = {
  given: ['Yui', 'Sakura', 'Hina', 'Kōki', 'Ren', 'Shō', 'Yūka'],
  family: ['Satō', 'Itō', 'Kondō', 'Ōno', 'Takahashi', 'Inoue', 'Saitō'],
  familyFirst: true,
  streets: ['Sakura-chō', 'Midori-chō', 'Minami-machi', 'Honchō', 'Asahi-dōri'],
  line: '{n} {s}',
  prefixLength: 3,
  towns: [
    ['Tōkyō', '15#-####', 3],
    ['Ōsaka', '53#-####', 2],
    ['Nagoya', '46#-####', 1],
    ['Sapporo', '06#-####', 0.7],
    ['Fukuoka', '81#-####', 0.8],
  ],
};

/** Malaysia. */
export const MY: CountryWords = {
  given: ['Nur Aisyah', 'Siti', 'Mei Ling', 'Farhan', 'Kavitha'],
  family: ['binti Rahman', 'Tan', 'Lim', 'Subramaniam', 'Wong'],
  streets: ['Jalan Melati', 'Jalan Bukit Hijau', 'Lorong Cempaka'],
  line: '{n}, {s}',
  prefixLength: 2,
  towns: [
    ['Kuala Lumpur', '50###', 2],
    ['George Town', '10###', 1],
    ['Johor Bahru', '80###', 1],
  ],
};

/** Thailand. */
export const TH: CountryWords = {
  given: ['Ploy', 'Nattaya', 'Kanya', 'Somchai', 'Arthit'],
  family: ['Srisuk', 'Wongchai', 'Rattanakul', 'Boonmee'],
  streets: ['Soi Dok Mai', 'Thanon Suan Luang', 'Soi Rim Nam'],
  line: '{n} {s}',
  prefixLength: 2,
  towns: [
    ['Bangkok', '101##', 2],
    ['Chiang Mai', '50###', 1],
    ['Nonthaburi', '11###', 1],
  ],
};

/** Singapore. */
export const SG: CountryWords = {
  given: ['Hui Min', 'Jia Yi', 'Priya', 'Wei Jie', 'Amirah'],
  family: ['Tan', 'Ng', 'Nair', 'Goh', 'Ismail'],
  streets: ['Orchid Grove', 'Banyan Walk', 'Tampines Garden'],
  line: '{n} {s}',
  prefixLength: 2,
  towns: [
    ['Singapore', '52####', 2],
    ['Singapore', '31####', 1],
    ['Singapore', '73####', 1],
  ],
};

/** Viet Nam. */
export const VN: CountryWords = {
  given: ['Thị Hương', 'Ngọc Ánh', 'Minh Đức', 'Thảo Vy'],
  family: ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đặng'],
  familyFirst: true,
  streets: ['Đường Hoa Sen', 'Phố Cây Bàng', 'Đường Sông Xanh'],
  line: '{n} {s}',
  prefixLength: 2,
  towns: [
    ['Hồ Chí Minh', '70###', 2],
    ['Hà Nội', '10###', 2],
    ['Đà Nẵng', '50###', 1],
  ],
};

/** Philippines. */
export const PH: CountryWords = {
  given: ['Maricel', 'Angelica', 'Jomar', 'Begoña', 'Rowena'],
  family: ['Dela Peña', 'Villanueva', 'Bautista', 'Ocampo'],
  streets: ['Sampaguita Street', 'Narra Street', 'Mabini Lane'],
  line: '{n} {s}',
  prefixLength: 2,
  towns: [
    ['Manila', '10##', 2],
    ['Quezon City', '11##', 2],
    ['Cebu City', '60##', 1],
  ],
};

/** Indonesia. */
export const ID: CountryWords = {
  given: ['Putri', 'Ayu', 'Dewi', 'Rizky', 'Bayu'],
  family: ['Wulandari', 'Saputra', 'Lestari', 'Hidayat'],
  streets: ['Jalan Kenanga', 'Jalan Merpati', 'Jalan Anggrek'],
  line: '{s} No. {n}',
  prefixLength: 2,
  towns: [
    ['Jakarta', '12###', 2],
    ['Surabaya', '60###', 1],
    ['Bandung', '40###', 1],
  ],
};
