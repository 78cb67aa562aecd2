import os
import pytest
from tagger_page import *
from framingkit.widgets.span_tagger import SpanTagger

W, H, THEME, WHAT = (os.environ.get(k, d) for k, d in (("W", "1366"), ("H", "768"), ("T", "light"), ("WHAT", "all")))

def test_shot(page, open_widget, tmp_path):
    page.on("console", lambda m: print("CONSOLE", m.text))
    page.set_viewport_size({"width": int(W), "height": int(H)})
    handle = open_widget(page, with_reference(tmp_path), THEME)
    page.add_style_tag(content="[data-wire]{max-width:1180px!important;margin:auto} body{margin:8px!important}")
    page.wait_for_timeout(300)
    page.screenshot(path="/tmp/gshot-0.png")
    for words, key in (("red carpet","1"),("According to many experts","8"),("could","7"),("“diplomatic wind”","5"),("diplomatic wind","4"),("trying to isolate Russia","3"),("solemn reception","1"),("diplomatic victory","3")):
        tag(handle, words, key)
    drag(handle, "solemn reception")
    page.wait_for_timeout(300)
    page.screenshot(path="/tmp/gshot-1.png")
    print(page.evaluate("JSON.stringify(document.querySelector('.fk-palette').getBoundingClientRect())"))
    page.keyboard.press("Escape")
    handle.root.get_by_role("button", name="Compare with").click()
    page.wait_for_timeout(300)
    page.screenshot(path="/tmp/gshot-2.png", full_page=True)
