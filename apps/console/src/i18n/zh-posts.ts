import type { enPosts } from './en-posts.ts';

/** 带货内容页面的文字。 */
export const zhPosts: typeof enPosts = {
  spikeState: { coming: '待发布', growing: '增长中', peaked: '已过峰值', noise: '无爆发迹象' },
  posts: {
    title: '带货内容',
    post: '内容',
    named: (kind, name) => `${kind} ${name}`,
    kinds: { video: '短视频', live: '直播', ad: '广告', campaign: '活动' },
    published: '发布时间',
    goods: '商品',
    views: '播放量',
    units: '已售件数',
    unitsTitle: '销量',
    expected: '预计总量（80%）',
    range: (low, high) => `${low} – ${high}`,
    soFar: '目前',
    middle: '中位数',
    low: '低（10%）',
    high: '高（90%）',
    until: '截至',
    held: '此类区间的命中率',
    heldText: (share, items) => `在未参与训练的 ${items} 条内容上为 ${share}`,
    needs: '哪些信息能缩小区间',
    facts: '内容信息',
    platform: '平台',
    chartText: (seen, low, high, day) => `目前 ${seen}；到 ${day}，十次中有八次介于 ${low} 与 ${high} 之间。`,
    empty: '暂无带货内容',
    emptyMend: '通过 POST /v1/posts 登记短视频和直播，或运行：crossparcel posts import --posts FILE。',
    notes: {
      'not-published-yet': '尚未发布，暂无可估算的数据',
      'no-views-read': '尚未收到播放量数据',
      'no-goods-named': '未关联商品，因此未统计订单',
      'views-beyond-horizon': '播放量数据已超出预测期',
      'orders-beyond-horizon': '发布时间已超出预测期',
    },
  },
};
