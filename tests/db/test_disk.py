"""Are network drives and synchronised folders told from ordinary ones?"""

from pathlib import Path

import pytest

from db.disk import PlaceKind, is_network, place_of

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home {home} nfs4 rw 0 0
//box/share {share} cifs rw 0 0
remote {sshfs} fuse.sshfs rw 0 0
/dev/sdb1 {home}/local\\040disk ext4 rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    names = {name: str(tmp_path / name) for name in ("home", "share", "sshfs")}
    file = tmp_path / "mounts"
    file.write_text(MOUNTS.format(**names))
    return file


@pytest.mark.parametrize(
    ("folder", "kind", "name"),
    [
        ("plain", PlaceKind.LOCAL, "ext4"),
        ("home/me", PlaceKind.NETWORK, "nfs4"),
        ("share", PlaceKind.NETWORK, "cifs"),
        ("sshfs/deep/er", PlaceKind.NETWORK, "fuse.sshfs"),
        ("home/local disk/journal", PlaceKind.LOCAL, "ext4"),
        ("Dropbox/journal", PlaceKind.CLOUD, "Dropbox"),
        ("OneDrive - Company", PlaceKind.CLOUD, "OneDrive - Company"),
        ("Mobile Documents", PlaceKind.CLOUD, "Mobile Documents"),
        ("my-dropbox-notes", PlaceKind.LOCAL, "ext4"),
    ],
)
def test_a_place_is_told_by_its_mount_or_its_name(
    tmp_path: Path, mounts: Path, folder: str, kind: PlaceKind, name: str
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    journal = tmp_path / folder / "journal.db"
    place = place_of(journal, mounts)
    assert (place.kind, place.name, place.can_write) == (kind, name, True)
    assert is_network(journal, mounts) is (kind is PlaceKind.NETWORK)
    assert place.free_bytes > 0


def test_without_a_list_of_mounts_a_place_is_local(tmp_path: Path) -> None:
    place = place_of(tmp_path / "journal.db", tmp_path / "no mounts here")
    assert (place.kind, place.name) == (PlaceKind.LOCAL, "")
