"use strict";
(() => {
  // A link's code stands in its fragment, which is sent to no server.
  const signIn = document.getElementById("sign-in");
  const byLink = () => {
    if (!signIn || location.hash.length < 2) return;
    signIn.code.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    signIn.submit();
  };
  byLink();
  addEventListener("hashchange", byLink);

  // One click is one submission; so is a second one, by the form's nonce.
  const handIn = document.getElementById("hand-in-form");
  if (handIn) handIn.addEventListener("submit", () => {
    setTimeout(() => { handIn.querySelector("button").disabled = true; });
  });
  // More would be refused while it is sent, of which a browser shows nothing.
  const file = handIn && handIn.file;
  if (file) file.addEventListener("change", () => {
    const large = file.files.length && file.files[0].size > Number(file.dataset.most);
    file.setCustomValidity(large ? file.dataset.tooLarge : "");
    file.reportValidity();
  });
  addEventListener("pageshow", () => {
    if (handIn) handIn.querySelector("button").disabled = false;
  });

  const state = document.getElementById("state");
  const place = state && state.dataset.follow;
  if (!place) return;
  const both = (text) => ["en", "zh"].map((lang) => {
    const span = document.createElement("span");
    span.lang = lang;
    span.textContent = text[lang];
    return span;
  });
  let ended = false;
  const told = (news) => {
    if (ended) return;
    if (news.done) {
      ended = true;
      location.reload();
      return;
    }
    state.replaceChildren(...both(news.text));
    document.getElementById("so-far").replaceChildren(...news.groups.map((group) => {
      const item = document.createElement("li"), badge = document.createElement("span");
      const kind = !group.verdict ? "skip-badge" : group.verdict === "AC" ? "pass" : "fail";
      badge.className = "badge " + kind;
      badge.textContent = group.verdict || "--";
      item.append(badge, " ", ...both(group.title), ` ${group.score}/${group.max_score}`);
      return item;
    }));
  };
  const poll = async () => {
    if (ended) return;
    try {
      const answer = await fetch(place + "/state", { cache: "no-store" });
      if (answer.ok) told(await answer.json());
    } catch { /* the server is away: ask again */ }
    if (!ended) setTimeout(poll, 3000);
  };
  const stream = new EventSource(place + "/events");
  stream.addEventListener("message", (event) => told(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    stream.close();
    setTimeout(poll, 1000);
  });
  addEventListener("pagehide", () => stream.close());
})();
