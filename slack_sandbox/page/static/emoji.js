// Emoji names to characters, the common ones. An unknown name is shown as it is written.

const TABLE = `
white_check_mark ✅|heavy_check_mark ✔️|x ❌|warning ⚠️|bell 🔔|no_bell 🔕|mag 🔍|lock 🔒|unlock 🔓|key 🔑|pencil ✏️
pencil2 ✏️|memo 📝|hourglass ⌛|hourglass_flowing_sand ⏳|raising_hand 🙋|wave 👋|speech_balloon 💬|red_circle 🔴
large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠|white_circle ⚪|black_circle ⚫
information_source ℹ️|question ❓|exclamation ❗|rocket 🚀|tada 🎉|fire 🔥|eyes 👀|thumbsup 👍|+1 👍|thumbsdown 👎|-1 👎
pray 🙏|clap 👏|ok_hand 👌|muscle 💪|point_right 👉|point_up ☝️|heart ❤️|star ⭐|sparkles ✨|zap ⚡|bulb 💡|email 📧
envelope ✉️|phone ☎️|telephone_receiver 📞|calendar 📅|date 📅|clock1 🕐|stopwatch ⏱️|alarm_clock ⏰|link 🔗|paperclip 📎
page_facing_up 📄|clipboard 📋|books 📚|book 📖|chart_with_upwards_trend 📈|moneybag 💰|credit_card 💳|receipt 🧾
package 📦|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️|computer 💻|robot_face 🤖|bug 🐛|ticket 🎫|rotating_light 🚨|stop_sign 🛑
no_entry ⛔|construction 🚧|recycle ♻️|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|smile 😄|slightly_smiling_face 🙂
grinning 😀|joy 😂|wink 😉|thinking_face 🤔|sweat_smile 😅|cry 😢|sob 😭|disappointed 😞|confused 😕|rage 😡|sunglasses 😎
coffee ☕|birthday 🎂|printer 🖨️|shopping_trolley 🛒|bookmark 🔖|pushpin 📌|inbox_tray 📥|outbox_tray 📤|incoming_envelope 📨|id 🆔|new 🆕|ok 🆗
leftwards_arrow_with_hook ↩️`;

const NAMES = new Map(
  TABLE.trim().split(/[|\n]/).map((pair) => [pair.slice(0, pair.lastIndexOf(" ")), pair.slice(pair.lastIndexOf(" ") + 1)]),
);

/** The character of a name, or null. */
export function emoji(name) {
  return NAMES.get(name.split("::")[0]) || null;
}

/** A text with its :names: as characters. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) || whole);
}
