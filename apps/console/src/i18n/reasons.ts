import type { Language } from './language.ts';
import type { ReasonRule } from './reason-rule.ts';
import { STOCK_REASONS_ZH } from './stock-reasons.ts';

const GOODS: Readonly<Record<string, string>> = { battery: '带电', liquid: '液体', magnetic: '带磁', powder: '粉末' };
const SIZES: Readonly<Record<string, string>> = { 'too large': '超尺寸', 'too heavy': '超重' };

/** Sentences that are made by rule, and their Chinese. */
const ZH: readonly ReasonRule[] = [
  ...STOCK_REASONS_ZH,
  [/^too little of (.+) at (\S+)$/, (sku, at) => `${at} 的 ${sku} 库存不足`],
  [/^(.+) at (\S+) went to earlier orders$/, (sku, at) => `${at} 的 ${sku} 已分配给更早的订单`],
  [/^(\S+) does not take (\S+) goods$/, (lane, goods = '') => `${lane} 不收${GOODS[goods] ?? ` ${goods} `}货物`],
  [/^(.+) is (too \w+) for (\S+)$/, (sku, size = '', lane) => `${sku} 对 ${lane} 而言${SIZES[size] ?? size}`],
  [/^a parcel is above the daily capacity of (\S+)$/, (lane) => `包裹超出 ${lane} 的单日舱位`],
  [/^costs the same; stock goes first, then the earlier name$/, () => '成本相同，优先使用库存，其次按名称排序'],
  [/^every line is cancelled$/, () => '全部商品已取消'],
  [/^nothing to do$/, () => '无需处理'],
  [/^no lane and no warehouse serves (\S+)$/, (country) => `没有线路或仓库可发往 ${country}`],
  [/^add a lane to the network$/, () => '在网络中增加线路'],
  [/^add a lane or stock that takes these goods/, () => '增加可承运的线路或库存，或修正商品资料'],
  [
    /^readings (every few minutes|hourly): /,
    (pace) => `更密的读数（${pace === 'hourly' ? '每小时' : '每几分钟'}一次）：目前读数过少，无法判断增速`,
  ],
  [/^a reading at (\S+) s: /, (at) => `第 ${at} 秒的读数：最近一次读数较早`],
  [
    /^views of the video \(cumulative\): .* (\d+) % /,
    (share) => `视频累计播放量：同龄内容中，80% 区间可缩小 ${share}%`,
  ],
  [/^likes and comments of the video: .* (\d+) % /, (share) => `点赞与评论：同龄内容中，80% 区间可缩小 ${share}%`],
  [/^each share with its time and followers: /, () => '每次分享的时间与粉丝数：可用自激模型估计后续反应'],
  [/^younger than anything learned from/, () => '比学习过的任何内容都更新'],
  [/^older than anything learned from/, () => '比学习过的任何内容都更久，按增长较慢的内容估算'],
  [/^taken for a slower one$/, () => '按增长较慢的内容估算'],
  [/^the horizon is beyond what was learned/, () => '预测期超出学习范围，区间随之变宽'],
  [/^signals not used to size \S+: (.+)$/, (signals) => `未用于估算的信号：${signals}`],
  [/^orders and views do not go together/, () => '订单与播放量对不上：学习过的内容中没有这样的转化，因此只按订单估算'],
  [/^followers of who shared/, () => '分享者的粉丝数（首条为内容本身）'],
  [/^the proof is not JSON$/, () => '存证不是 JSON'],
  [/^the proof is malformed$/, () => '存证格式不正确'],
  [/^the checkpoint is malformed$/, () => '检查点格式不正确'],
  [/^a signature of a known key is wrong$/, () => '已知密钥的签名有误'],
  [/^the log has not signed the checkpoint$/, () => '日志未签署该检查点'],
  [/^the policy knows no log (.+)$/, (log) => `策略中没有日志 ${log}`],
  [/^the cosignatures do not make the quorum$/, () => '见证签名未达到法定数'],
  [/^the events are not in the order of the log$/, () => '事件顺序与日志不一致'],
  [/^event (\d+) is about another parcel$/, (index) => `事件 ${index} 属于另一个包裹`],
  [/^event (\d+) is not in the log as it stands here$/, (index) => `事件 ${index} 与日志中的记录不符`],
];

const inChinese = (sentence: string): string => {
  for (const [pattern, say] of ZH) {
    const match = pattern.exec(sentence);
    if (match) return say(...match.slice(1));
  }
  return sentence;
};

/** A reason as an engine gave it, in the language; sentences that are not known stay as they are. */
export const reasonIn = (language: Language, text: string): string => {
  if (language === 'en') return text;
  const whole = inChinese(text);
  return whole === text ? text.split('; ').map(inChinese).join('；') : whole;
};
