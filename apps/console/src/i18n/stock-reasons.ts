import type { ReasonRule } from './reason-rule.ts';

const chargeOf = (charge: string | undefined): string => (charge === undefined ? '' : `，每笔 ${charge}`);
const periodOf = (period = ''): string => (period.startsWith('day') ? '天' : '周');
const turnOf = (turn = ''): string => (turn === 'loses' ? '亏损' : '节省');

const PRICE = '(\\S+ [A-Z]{3})';
const UNITS = '(\\d+) units \\((\\d+) to (\\d+) nine times in ten\\)';
const PERIODS = '(\\d+) (weeks?|days?)';
const rule = (pattern: string, say: ReasonRule[1]): ReasonRule => [new RegExp(`^${pattern}$`), say];
const units = (median = '', low = '', high = '') => `${median} 件（九成情形在 ${low} 至 ${high} 件之间）`;

/** Sentences of the placement of stock, in Chinese. */
export const STOCK_REASONS_ZH: readonly ReasonRule[] = [
  rule(
    `(\\d+) (by|from) (\\S+) at ${PRICE} a unit(?: and ${PRICE} an order)? against ${PRICE} direct`,
    (count, by, way, price, charge, direct) =>
      `${by === 'by' ? `经 ${way} 备` : `从 ${way} 调拨`} ${count} 件，每件 ${price}${chargeOf(charge)}，直发为 ${direct}`,
  ),
  rule(
    `${UNITS} expected in the ${PERIODS} from arrival`,
    (median, low, high, count, period) => `到仓后 ${count} ${periodOf(period)}预计需求 ${units(median, low, high)}`,
  ),
  rule(`a unit left over loses ${PRICE}`, (price) => `每剩一件损失 ${price}`),
  rule(
    'saves (-?\\S+) on average, (saves|loses) (\\S+) if demand is low, (saves|loses) (\\S+) if high',
    (mean, low, lowBy, high, highBy) =>
      `平均节省 ${mean}，需求偏低时${turnOf(low)} ${lowBy}，偏高时${turnOf(high)} ${highBy}`,
  ),
  rule(
    `direct for now: ${UNITS} expected in the ${PERIODS} left, and what is there and on its way included, saving ${PRICE} a unit at most does not outweigh the charge of an order, holding, and ${PRICE} lost for a unit left over`,
    (median, low, high, count, period, saving, lost) =>
      `暂且直发：余下 ${count} ${periodOf(period)}预计需求 ${units(median, low, high)}，计入在库与在途后，每件至多节省 ${saving}，不足以抵消每笔费用、仓储费和每剩一件损失的 ${lost}`,
  ),
  rule(
    `direct for now: the slowest mode takes ${PERIODS} and demand starts in ${PERIODS}`,
    (lead, leadPeriod, start, startPeriod) =>
      `暂且直发：最慢的方式需 ${lead} ${periodOf(leadPeriod)}，需求在 ${start} ${periodOf(startPeriod)}后开始`,
  ),
  rule('look again on (\\S+)', (day) => `请于 ${day} 再看`),
  rule('decide on (\\S+)', (day) => `请于 ${day} 决定`),
  rule(`direct: no mode brings a unit for less than ${PRICE}`, (price) => `直发：没有方式能以低于 ${price} 运到一件`),
  rule('direct: costs are given for no other mode', () => '直发：没有其他方式的成本'),
  rule(
    'direct: nothing ordered now would arrive before the season is over',
    () => '直发：现在备货在销售期结束前到不了',
  ),
  rule('direct: never sold yet, so nothing tells how much would be', () => '直发：尚无销量，无从判断需求'),
  rule(
    'direct: worth an order alone, but the limits leave room only for better ones',
    () => '直发：单独看值得备货，但限额只够更好的选择',
  ),
  rule(
    'no rule on file says what duty HS (\\d+) from (\\S+) owes in (\\S+) by cargo',
    (hs, origin, market) => `没有记录说明 ${origin} 产的 HS ${hs} 以货运进入 ${market} 的关税`,
  ),
  rule('no way of bringing stock there has lead days and a duty', () => '没有既知运期又知关税的备货方式'),
  rule('no order before the day went to a country with a warehouse', () => '此前没有订单发往有仓库的国家'),
  rule(
    'give orders from before it, or a network with stock where they went',
    () => '请先导入订单，或在网络中增加当地仓库',
  ),
  rule('no SKU can be stocked anywhere', () => '没有商品可以备货'),
  rule(
    '(\\S+) at (\\S+): no rule on file says what duty HS (\\d+) .*',
    (sku, at, hs) => `${at} 的 ${sku}：HS ${hs} 没有关税记录`,
  ),
  rule(
    'give the network `replenishment` with `leadDays` for its warehouses, and the SKUs a heading whose duty is on file',
    () => '请在网络中为仓库填写 `replenishment` 与 `leadDays`，并为商品填写有关税记录的编码',
  ),
];
