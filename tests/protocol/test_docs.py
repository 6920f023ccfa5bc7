from py_remote_viewer.protocol import export_docs


def test_the_protocol_document_is_up_to_date() -> None:
    assert export_docs.main(["--check"]) == 0, "run: python -m py_remote_viewer.protocol.export_docs"


def test_every_message_is_in_it() -> None:
    text = export_docs.tables()
    for name in ("hello", "offer", "ice-candidate", "orbit", "load_scene", "welcome", "answer", "status", "error"):
        assert f"### `{name}`" in text
